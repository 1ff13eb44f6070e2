import type { Abi, Program } from "../abi/abi.ts";
import type { Variables } from "../abi/variables.ts";
import type { FunctionTable } from "../capability/functions.ts";
import { logTo } from "../capability/log.ts";
import { Call } from "../contract/call.ts";
import { failure, isIsopodError, retires, type IsopodError } from "../errors.ts";
import type { PoolClass } from "../pool/keep.ts";
import { Pool, type PoolLimits, type Waiting } from "../pool/pool.ts";
import type { Suspension } from "../wait/suspension.ts";
import { compile } from "../wasm/compile.ts";
import type { Input } from "../contract/operations.ts";
import type { Batch, Isolation, Place } from "./place.ts";
import { Seat, type Shared } from "./seat.ts";

/** Instances in the thread of the caller: the fastest way, and the only one that can answer at once. */
export class InlinePlace implements Place {
  readonly #pool: Pool<Seat>;
  /** Calls whose guest is suspended, or that wait for a turn: what dispose has to settle. */
  readonly #pending = new Set<(error: unknown) => void>();
  readonly #waiting: Waiting<Seat>;
  readonly variables: Variables | undefined;

  /** Instantiates once. @throws what linking and starting the plugin throws */
  constructor(program: Program, abi: Abi, shared: Shared, limits: PoolLimits, waiting: Waiting<Seat>, pools: PoolClass = Pool) {
    this.#pool = new pools(() => new Seat(program, abi, shared), limits, waiting, program, abi);
    this.#waiting = waiting;
    this.variables = shared.variables;
    this.#pool.release(this.#pool.take()!);
  }

  run(call: Call): unknown {
    const seat = this.#pool.take();
    return seat ? this.#serve(seat, call) : this.#pool.lease(call.signal).then((leased) => this.#serve(leased, call));
  }

  runSync(call: Call): unknown {
    const seat = this.#pool.take();
    if (!seat) throw this.#pool.overloaded();
    if (seat.instance.suspension !== undefined) throw this.#failed(seat, failure("unsupported", "async host functions bar callSync: use call"));
    return this.#serve(seat, call);
  }

  runMany(batch: Batch): unknown[] | Promise<unknown[]> {
    const seat = this.#pool.take();
    return seat ? this.#many(seat, batch) : this.#pool.lease(batch.call.signal).then((leased) => this.#many(leased, batch));
  }

  dispose(error: IsopodError): void {
    this.#pool.dispose(error);
    for (const giveUp of [...this.#pending]) giveUp(error);
  }

  #serve(seat: Seat, call: Call): unknown {
    let result: unknown;
    try {
      result = seat.run(call);
    } catch (error) {
      throw this.#failed(seat, error);
    }
    const { suspension } = seat.instance;
    if (suspension !== undefined) return this.#guard(seat, suspension, call, result as Promise<unknown>);
    this.#pool.release(seat);
    return result;
  }

  #many(seat: Seat, batch: Batch): unknown[] | Promise<unknown[]> {
    const { suspension } = seat.instance;
    if (suspension !== undefined) {
      const outputs = suspension.each(batch.inputs, seat.scope, async (input, index) => {
        try {
          return await seat.run(callOf(batch, input));
        } catch (error) {
          throw at(error, index);
        }
      });
      return this.#guard(seat, suspension, batch.call, outputs) as Promise<unknown[]>;
    }
    const outputs: unknown[] = [];
    try {
      for (const input of batch.inputs) outputs.push(seat.run(callOf(batch, input)));
    } catch (error) {
      throw this.#failed(seat, at(error, outputs.length));
    }
    this.#pool.release(seat);
    return outputs;
  }

  /** A guest that was given up is retired. Who takes a place back leaves it its instance, which nobody else is given. */
  #guard(seat: Seat, suspension: Suspension, { signal }: Call, result: Promise<unknown>): Promise<unknown> {
    return suspension.guard(result, {
      signal,
      pending: this.#pending,
      done: () => this.#pool.release(seat),
      failed: (error) => this.#failed(seat, error),
      watch: this.#waiting.watch && ((lost) => this.#waiting.watch!(lost)),
      lost: () => this.#pool.retire(seat),
    });
  }

  #failed(seat: Seat, error: unknown): unknown {
    if (seat.broken || retires(error)) {
      seat.scope.retired = true;
      this.#pool.retire(seat);
    } else this.#pool.release(seat);
    return error;
  }
}

function callOf({ op, as, call: { borrow, signal, context } }: Batch, input: Input): Call {
  return new Call(op, input, { as, borrow, signal, context });
}

/** Does something with one input of a batch, or its output: an error says which it was. */
export function atIndex<T>(index: number, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw at(error, index);
  }
}

/** The same error, saying which input of the batch it was. */
function at(error: unknown, index: number): unknown {
  return isIsopodError(error) ? failure(error.code, error.message, { ...error.details, index }, error.cause) : error;
}

/**
 * Compiles and instantiates here.
 *
 * @param waiting how the callers of one plugin wait for their turn
 * @param importFunctions imports host functions from a module, which is refused without it
 * @param pools `keep`, so that idle instances are let go
 */
export function inline(waiting: () => Waiting<Seat>, importFunctions?: (href: string) => Promise<FunctionTable>, pools?: PoolClass): Isolation {
  return {
    name: "inline",
    compile,
    place: async (program, { abi, functions, limits, log }) => {
      const table = functions instanceof Map ? (functions as FunctionTable) : await importFunctions?.((functions as { href: string }).href);
      if (!table) throw failure("unsupported", "functions by URL need importFunctions");
      return new InlinePlace(program, abi, { functions: table, log: logTo(log), variables: abi.variables?.() }, limits, waiting(), pools);
    },
    dispose: () => {},
  };
}
