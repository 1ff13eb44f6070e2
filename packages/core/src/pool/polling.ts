import { aborted } from "../contract/call.ts";
import type { Signal } from "../contract/operations.ts";
import type { IsopodError } from "../errors.ts";
import type { Waiting } from "./pool.ts";

const FIRST_MS = 1;
const LONGEST_MS = 20;
/** Who is not heard of between two sweeps is gone: its request was cancelled, and its timers with it. */
const SWEEP_MS = 500;
/** How often a caller shows that it lives. */
const BEAT_MS = 100;

interface Watched {
  heard: boolean;
  readonly lost: () => void;
}

/**
 * Looks again and again, each caller by its own timer. For the edge, where a request that awaits a promise of another
 * request is cancelled as hung, and where a cancelled request just stops: nothing of it is settled, no `finally` runs.
 * Turns are kept by ticket.
 */
export class Polling<T> implements Waiting<T> {
  /** In the order of their coming; true where the caller was heard of since the last sweep. */
  readonly #tickets = new Map<object, boolean>();
  readonly #watched = new Set<Watched>();
  #looked = 0;
  #sinceSweep = 0;
  #disposed: IsopodError | undefined;

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

  /** Nobody is handed anything, but callers that are gone are looked for. */
  wake(): void {
    this.#sweep();
  }

  watch(lost: () => void): () => void {
    const watched: Watched = { heard: true, lost };
    this.#watched.add(watched);
    const stop = beat(watched);
    return () => {
      stop();
      this.#watched.delete(watched);
    };
  }

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
    for (const watched of this.#watched) {
      if (watched.heard) watched.heard = false;
      else this.#lose(watched);
    }
  }

  /**
   * Nothing of the caller's is settled or cleared: it belongs to a request that is gone, and may not be touched from
   * this one.
   */
  #lose(watched: Watched): void {
    this.#watched.delete(watched);
    watched.lost();
  }
}

/** Shows that the caller lives: its timer stops with its request. */
function beat(watched: Watched): () => void {
  let timer: unknown;
  let beating = true;
  const tick = (): void => {
    if (!beating) return;
    watched.heard = true;
    timer = setTimeout(tick, BEAT_MS);
  };
  tick();
  return () => {
    beating = false; // for `dispose` in another request, which cannot clear a timer of this one
    clearTimeout(timer);
  };
}
