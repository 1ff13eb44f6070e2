import type { Signal } from "../contract/operations.ts";
import type { IsopodError } from "../errors.ts";
import type { Waiting } from "./pool.ts";
import { aborted } from "./queue.ts";

const FIRST_MS = 1;
const LONGEST_MS = 20;
/** Who is not heard of between two sweeps is gone: its request was cancelled, and its timers with it. */
const SWEEP_MS = 500;

/**
 * Looks again and again, each caller by its own timer. For the edge, where a request that awaits a promise of another
 * request is cancelled as hung, and where a cancelled request just stops: nothing of it is settled, no `finally` runs.
 * Turns are kept by ticket.
 */
export class Polling<T> implements Waiting<T> {
  /** In the order of their coming; true where the caller was heard of since the last sweep. */
  readonly #tickets = new Map<object, boolean>();
  readonly #reclaim: () => void;
  #looked = 0;
  #sinceSweep = 0;
  #disposed: IsopodError | undefined;

  /** @param reclaim takes back what is lent to callers that were not heard of since it was last called */
  constructor(reclaim: () => void) {
    this.#reclaim = reclaim;
  }

  get size(): number {
    return this.#tickets.size;
  }

  async wait(take: () => T | undefined, signal: Signal | undefined): Promise<T> {
    const ticket = {};
    this.#tickets.set(ticket, true);
    try {
      for (let ms = FIRST_MS; ; ms = Math.min(ms * 2, LONGEST_MS)) {
        await new Promise<void>((resolve) => void setTimeout(resolve, ms));
        if (signal?.aborted) throw aborted(signal);
        if (this.#disposed) throw this.#disposed;
        this.#tickets.set(ticket, true);
        this.#sweep();
        const [first] = this.#tickets.keys();
        const item = first === ticket ? take() : undefined;
        if (item !== undefined) return item;
      }
    } finally {
      this.#tickets.delete(ticket);
    }
  }

  wake(): void {}

  dispose(error: IsopodError): void {
    this.#disposed = error;
  }

  /**
   * Time counts only as far as callers could look: a guest that runs for seconds holds up everybody's timers, and
   * nobody is gone for that.
   */
  #sweep(): void {
    const now = Date.now();
    this.#sinceSweep += Math.min(now - this.#looked, LONGEST_MS);
    this.#looked = now;
    if (this.#sinceSweep < SWEEP_MS) return;
    this.#sinceSweep = 0;
    for (const [ticket, heard] of this.#tickets) {
      if (heard) this.#tickets.set(ticket, false);
      else this.#tickets.delete(ticket);
    }
    this.#reclaim();
  }
}
