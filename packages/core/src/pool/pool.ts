import type { Signal } from "../contract/operations.ts";
import { failure, type IsopodError } from "../errors.ts";

export interface PoolLimits {
  /** Most instances at a time. */
  readonly concurrency: number;
  /** Most calls that wait for one. */
  readonly queue: number;
}

/** What a pool lends, and knows of it. */
export interface Lent {
  lent: boolean;
}

/** Whom callers wait for, where they have to look for themselves. */
export interface Lender<T> {
  take(): T | undefined;
  release(item: T): void;
}

/** How a caller waits for its turn: see `queue.ts` and `polling.ts`. */
export interface Waiting<T> {
  /** Calls that wait now. */
  readonly size: number;
  /** Settles with an item that is the caller's from then on. */
  wait(signal: Signal | undefined, lender: Lender<T>): Promise<T>;
  /** Something may be free. */
  wake(take: () => T | undefined): void;
  /** Watches over the caller of something lent, where callers can vanish: `lost` once it has. Gives what ends the watch. */
  watch?(lost: () => void): () => void;
  dispose(error: IsopodError): void;
}

/**
 * Lends instances: an idle one, else a new one up to the cap, else a place in a bounded queue, else `overloaded`.
 * What may be half changed is retired, never lent again.
 */
export class Pool<T extends Lent> {
  readonly #spawn: () => T;
  readonly #limits: PoolLimits;
  readonly #waiting: Waiting<T>;
  protected readonly idle: T[] = [];
  #busy = 0;
  #disposed: IsopodError | undefined;

  constructor(spawn: () => T, limits: PoolLimits, waiting: Waiting<T>) {
    this.#spawn = spawn;
    this.#limits = limits;
    this.#waiting = waiting;
  }

  /** Instances that live now. */
  get size(): number {
    return this.idle.length + this.#busy;
  }

  /** At once or not at all. @throws what instantiating throws, `disposed` */
  take(): T | undefined {
    const item = this.idle.pop() ?? this.grow();
    if (item === undefined) return undefined;
    item.lent = true;
    this.#busy++;
    return item;
  }

  protected grow(): T | undefined {
    if (this.#disposed) throw this.#disposed;
    return this.full ? undefined : this.#spawn();
  }

  /** All that it may have are lent. */
  protected get full(): boolean {
    return this.#busy >= this.#limits.concurrency;
  }

  /** @throws `overloaded`, `aborted`, `disposed` */
  async lease(signal: Signal | undefined): Promise<T> {
    if (this.#waiting.size < this.#limits.queue) {
      const item = await this.#waiting.wait(signal, this);
      if (this.#disposed) throw this.#disposed; // right after its turn came
      return item;
    }
    this.#wake(); // who is gone without a word is found out now, if by nobody else
    const item = this.take();
    if (item) return item;
    throw this.overloaded();
  }

  release(item: T): void {
    this.#end(item, true);
  }

  /** Forgets an item; its place is free for a new one. */
  retire(item: T): void {
    this.#end(item, false);
  }

  #end(item: T, keep: boolean): void {
    if (!item.lent) return;
    item.lent = false;
    this.#busy--;
    if (this.#disposed !== undefined) return;
    if (keep) this.idle.push(item);
    if (this.#waiting.size > 0) this.#wake();
  }

  #wake(): void {
    this.#waiting.wake(() => this.take());
  }

  overloaded(): IsopodError {
    return failure("overloaded", `all ${this.#limits.concurrency} instances are busy: try later`, { ...this.#limits });
  }

  dispose(error: IsopodError): void {
    this.#disposed = error;
    this.idle.length = 0;
    this.#waiting.dispose(error);
  }
}
