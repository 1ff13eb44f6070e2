import { aborted } from "../contract/call.ts";
import type { Signal } from "../contract/operations.ts";
import type { IsopodError } from "../errors.ts";
import type { Lender, Waiting } from "./pool.ts";

const FIRST_MS = 1;
const LONGEST_MS = 20;
/** Who is not heard of between two sweeps is gone: its request was cancelled, and its timers with it. */
const SWEEP_MS = 500;
/** How often a caller shows that it lives. */
const BEAT_MS = 100;

/** Calls that began in one turn, and so in one request. A request has 10,000 timers, so they have one together. */
interface Watched {
  heard: boolean;
  timer: unknown;
  readonly lost: Set<() => void>;
}

interface Ticket<T> {
  heard: boolean;
  /** Set aside for it, until it looks. */
  item?: T | undefined;
  readonly lender: Lender<T>;
}

/**
 * Looks again and again, each caller by its own timer. For the edge, where a request that awaits a promise of another
 * request is cancelled as hung, and where a cancelled request just stops: nothing of it is settled, no `finally` runs.
 * Turns are kept by ticket: what comes free is set aside for the oldest that has nothing yet, so that nobody who comes meanwhile gets it.
 */
export class Polling<T> implements Waiting<T> {
  /** In the order of their coming. */
  readonly #tickets = new Set<Ticket<T>>();
  readonly #watched = new Set<Watched>();
  /** Of this turn. */
  #begun: Watched | undefined;
  /** How many have left the line. */
  #moved = 0;
  #looked = 0;
  #sinceSweep = 0;
  #disposed: IsopodError | undefined;

  get size(): number {
    return this.#tickets.size;
  }

  async wait(signal: Signal | undefined, lender: Lender<T>): Promise<T> {
    const ticket: Ticket<T> = { heard: true, lender };
    this.#tickets.add(ticket);
    try {
      for (let ms = FIRST_MS; ; ) {
        const moved = this.#moved;
        await new Promise<void>((resolve) => void setTimeout(resolve, ms));
        if (signal?.aborted) throw aborted(signal);
        if (this.#disposed) throw this.#disposed;
        ticket.heard = true;
        this.#sweep();
        const [first] = this.#tickets;
        const item = ticket.item ?? (first === ticket ? lender.take() : undefined);
        ticket.item = undefined;
        if (item !== undefined) return item;
        ms = moved === this.#moved ? Math.min(ms * 2, LONGEST_MS) : this.#soon(ticket);
      }
    } finally {
      this.#leave(ticket);
    }
  }

  /** Nobody is told, but who is next will find it, and callers that are gone are looked for. */
  wake(take: () => T | undefined): void {
    this.#sweep();
    try {
      for (const ticket of this.#tickets) if (!(ticket.item ??= take())) return;
    } catch {
      // Whoever is first finds out by itself why there is none.
    }
  }

  /** Where the line moves, whoever is nearer to its head looks the sooner: what is set aside lies idle until then. */
  #soon(ticket: Ticket<T>): number {
    let ms = FIRST_MS;
    for (const other of this.#tickets) if (other === ticket || ++ms >= LONGEST_MS) break;
    return ms;
  }

  /** What was set aside for it is the next one's. */
  #leave(ticket: Ticket<T>): void {
    this.#moved++;
    this.#tickets.delete(ticket);
    if (ticket.item !== undefined) ticket.lender.release(ticket.item);
  }

  watch(lost: () => void): () => void {
    const watched = (this.#begun ??= this.#begin());
    watched.lost.add(lost);
    return () => {
      watched.lost.delete(lost);
      if (watched.lost.size > 0) return;
      this.#end(watched); // for `dispose` in another request, which cannot clear a timer of this one
      clearTimeout(watched.timer);
    };
  }

  #begin(): Watched {
    const watched: Watched = { heard: true, timer: undefined, lost: new Set() };
    this.#watched.add(watched);
    this.#beat(watched);
    void Promise.resolve().then(() => (this.#begun = undefined));
    return watched;
  }

  #end(watched: Watched): void {
    this.#watched.delete(watched);
    if (this.#begun === watched) this.#begun = undefined;
  }

  /** Shows that the callers live: their timer stops with their request. And looks for those that do not. */
  #beat(watched: Watched): void {
    if (!this.#watched.has(watched)) return;
    watched.heard = true;
    this.#sweep();
    watched.timer = setTimeout(() => this.#beat(watched), BEAT_MS);
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
    for (const ticket of this.#tickets) {
      if (ticket.heard) ticket.heard = false;
      else this.#leave(ticket);
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
    this.#end(watched);
    for (const lost of watched.lost) lost();
  }
}
