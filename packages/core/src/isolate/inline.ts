import type { Abi, Program } from "../abi/abi.ts";
import { Variables } from "../abi/variables.ts";
import { entries, type FunctionTable } from "../capability/functions.ts";
import { logTo } from "../capability/log.ts";
import { Call } from "../contract/call.ts";
import { IsopodError, isIsopodError, retires } from "../errors.ts";
import { Pool, type PoolLimits, type Waiting } from "../pool/pool.ts";
import { aborted } from "../pool/queue.ts";
import { hasJspi } from "../wait/jspi.ts";
import { compile } from "../wasm/compile.ts";
import { importFunctions } from "./functions-module.ts";
import type { Batch, Isolation, Place } from "./place.ts";
import { Seat, type Shared } from "./seat.ts";

/** Instances in the thread of the caller: the fastest way, and the only one that can answer at once. */
export class InlinePlace implements Place {
  readonly #pool: Pool<Seat>;
  /** Calls whose guest is suspended, or that wait for a turn: what dispose has to settle. */
  readonly #pending = new Map<Seat, (error: IsopodError) => void>();
  readonly #beats: boolean;

  /** Instantiates once. @throws what linking and starting the plugin throws */
  constructor(program: Program, abi: Abi, shared: Shared, limits: PoolLimits, waiting: (reclaim: () => void) => Waiting<Seat>, beats = false) {
    this.#pool = new Pool(() => new Seat(program, abi, shared), limits, waiting(() => this.#reclaim()));
    this.#beats = beats;
    this.#pool.release(this.#pool.take()!);
  }

  run(call: Call): unknown {
    const seat = this.#pool.take();
    return seat === undefined ? this.#queued(call) : this.#serve(seat, call);
  }

  runSync(call: Call): unknown {
    const seat = this.#pool.take();
    if (seat === undefined) throw this.#pool.overloaded();
    if (seat.instance.suspends) throw this.#refused(seat);
    return this.#serve(seat, call);
  }

  runMany(batch: Batch): unknown[] | Promise<unknown[]> {
    const seat = this.#pool.take();
    if (!seat) return this.#pool.lease(batch.call.signal).then((leased) => this.#many(leased, batch));
    return this.#many(seat, batch);
  }

  dispose(error: IsopodError): void {
    this.#pool.dispose(error);
    for (const reject of [...this.#pending.values()]) reject(error);
  }

  #refused(seat: Seat): IsopodError {
    this.#pool.release(seat);
    return new IsopodError("unsupported", "this plugin has async host functions, so it cannot be called synchronously: use call()");
  }

  async #queued(call: Call): Promise<unknown> {
    return this.#serve(await this.#pool.lease(call.signal), call);
  }

  #serve(seat: Seat, call: Call): unknown {
    let result: unknown;
    try {
      result = seat.run(call);
    } catch (error) {
      throw this.#failed(seat, error);
    }
    if (seat.instance.suspends) return this.#guard(seat, call, result as Promise<unknown>);
    this.#pool.release(seat);
    return result;
  }

  #many(seat: Seat, { op, inputs, as, call }: Batch): unknown[] | Promise<unknown[]> {
    if (seat.instance.suspends) return this.#guard(seat, call, manySuspended(seat, op, inputs, as, call)) as Promise<unknown[]>;
    const outputs: unknown[] = [];
    for (const input of inputs) {
      try {
        outputs.push(seat.run(new Call(op, input, { as, context: call.context, ...(call.borrow && { borrow: call.borrow }) })));
      } catch (error) {
        throw this.#failed(seat, at(error, outputs.length));
      }
    }
    this.#pool.release(seat);
    return outputs;
  }

  /** Settles with the guest, or with the caller's signal, or with dispose, whichever is first; a guest that was given up is retired. */
  #guard(seat: Seat, { signal }: Call, result: Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let open = true;
      const settle = (): boolean => {
        if (!open) return false;
        open = false;
        signal?.removeEventListener("abort", onAbort);
        stop?.();
        this.#pending.delete(seat);
        return true;
      };
      const giveUp = (error: IsopodError): void => {
        if (!settle()) return;
        reject(this.#failed(seat, error));
      };
      const onAbort = (): void => giveUp(aborted(signal!));
      const stop = this.#beats ? beat(seat) : undefined;
      signal?.addEventListener("abort", onAbort);
      this.#pending.set(seat, giveUp);
      result.then(
        (value) => {
          if (!settle()) return;
          this.#pool.release(seat);
          resolve(value);
        },
        (error: unknown) => {
          if (settle()) reject(this.#failed(seat, error));
        },
      );
    });
  }

  /**
   * Takes back the places of callers that were not heard of since it was last called. Nothing of theirs is settled or
   * cleared: it belongs to a request that is gone, and may not be touched from this one. Should it live after all, it
   * goes on with its instance, which nobody else is given.
   */
  #reclaim(): void {
    for (const seat of this.#pending.keys()) {
      if (!seat.heard) {
        this.#pending.delete(seat);
        this.#pool.retire(seat);
      }
      seat.heard = false;
    }
  }

  #failed(seat: Seat, error: unknown): unknown {
    if (retires(error)) {
      seat.scope.retired = true;
      this.#pool.retire(seat);
    } else this.#pool.release(seat);
    return error;
  }
}

async function manySuspended(seat: Seat, op: string, inputs: Batch["inputs"], as: Batch["as"], call: Call): Promise<unknown[]> {
  const outputs: unknown[] = [];
  for (const input of inputs) {
    try {
      outputs.push(await seat.run(new Call(op, input, { as, context: call.context, ...(call.borrow && { borrow: call.borrow }), ...(call.signal && { signal: call.signal }) })));
    } catch (error) {
      throw at(error, outputs.length);
    }
  }
  return outputs;
}

/** The same error, saying which input of the batch it was. */
export function at(error: unknown, index: number): unknown {
  if (!isIsopodError(error)) return error;
  return new IsopodError(error.code, error.message, { details: { ...error.details, index }, ...(error.cause !== undefined && { cause: error.cause }) });
}

const BEAT_MS = 100;

/** Shows that the caller lives: its timer stops with its request. */
function beat(seat: Seat): () => void {
  let timer: unknown;
  let beating = true;
  const tick = (): void => {
    if (!beating) return;
    seat.heard = true;
    timer = setTimeout(tick, BEAT_MS);
  };
  tick();
  return () => {
    beating = false; // for `dispose` in another request, which cannot clear a timer of this one
    clearTimeout(timer);
  };
}

/** Compiles and instantiates here. */
export function inline(waiting: (reclaim: () => void) => Waiting<Seat>, beats = false): Isolation {
  return {
    name: "inline",
    compile,
    place: async (program, { abi, functions, limits, log }) => {
      const table = functions instanceof Map ? (functions as FunctionTable) : await importFunctions((functions as { href: string }).href);
      refuseUnlessWaitable(table);
      return new InlinePlace(program, abi, { functions: table, log: logTo(log), variables: new Variables() }, limits, waiting, beats);
    },
    dispose: () => {},
  };
}

/** A host function that must be waited for needs an engine that can suspend a guest. */
function refuseUnlessWaitable(table: FunctionTable): void {
  const entry = entries(table).find(({ suspends }) => suspends);
  if (!entry || hasJspi()) return;
  throw new IsopodError("unsupported", `host function ${entry.namespace}.${entry.name} is async, and this engine cannot suspend a guest in its own thread: use isolation: "worker", or make it synchronous`);
}
