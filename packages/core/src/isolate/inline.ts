import type { Abi, Program } from "../abi/abi.ts";
import type { Variables } from "../abi/variables.ts";
import type { FunctionTable } from "../capability/functions.ts";
import { logTo } from "../capability/log.ts";
import { at, Call } from "../contract/call.ts";
import { failure, retires, type IsopodError } from "../errors.ts";
import type { PoolClass } from "../pool/keep.ts";
import { Pool, type PoolLimits, type Waiting } from "../pool/pool.ts";
import type { Suspension } from "../wait/suspension.ts";
import { compile } from "../wasm/compile.ts";
import type { Input } from "../contract/operations.ts";
import type { Isolation, Place } from "./place.ts";
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
    if (seat === undefined || seat.instance.suspension !== undefined) throw this.#refused(seat);
    return this.#serve(seat, call);
  }

  runMany(call: Call, inputs: readonly Input[]): unknown[] | Promise<unknown[]> {
    const calls = inputs.map((input) => new Call(call.op, input, call));
    const seat = this.#pool.take();
    return seat ? this.#many(seat, call, calls) : this.#pool.lease(call.signal).then((leased) => this.#many(leased, call, calls));
  }

  dispose(error: IsopodError): void {
    this.#pool.dispose(error);
    for (const giveUp of [...this.#pending]) giveUp(error);
  }

  #serve(seat: Seat, call: Call): unknown {
    const { suspension } = seat.instance;
    if (suspension !== undefined) return this.#guard(seat, suspension, call, suspension.run(seat, call));
    let output: unknown;
    try {
      output = seat.run(call);
    } catch (cause) {
      throw this.#failed(seat, seat.blame(call, cause));
    }
    this.#pool.release(seat);
    return output;
  }

  #many(seat: Seat, call: Call, calls: readonly Call[]): unknown[] | Promise<unknown[]> {
    const { suspension } = seat.instance;
    if (suspension !== undefined) return this.#guard(seat, suspension, call, suspension.each(seat, calls)) as Promise<unknown[]>;
    const outputs: unknown[] = [];
    for (const each of calls) {
      try {
        outputs.push(seat.run(each));
      } catch (cause) {
        throw this.#failed(seat, at(seat.blame(each, cause), outputs.length));
      }
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

  /** Why there is no answer at once. */
  #refused(seat: Seat | undefined): unknown {
    return seat ? this.#failed(seat, failure("unsupported", "async host functions bar callSync: use call")) : this.#pool.overloaded();
  }

  #failed(seat: Seat, error: unknown): unknown {
    if (seat.broken || retires(error)) {
      seat.scope.retired = true;
      this.#pool.retire(seat);
    } else this.#pool.release(seat);
    return error;
  }
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
