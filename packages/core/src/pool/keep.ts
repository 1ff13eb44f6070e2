import type { Abi, Program } from "../abi/abi.ts";
import { failure, isIsopodError, type IsopodError } from "../errors.ts";
import { Pool, type Lent, type PoolLimits, type Waiting } from "./pool.ts";

export interface KeepOptions {
  /** Most memories of live instances, as far as idle ones can be let go. Default: as many as the engine gives. */
  readonly most?: number;
  /** Milliseconds without a call after which a plugin's instances are let go, at the latest after twice as many. Default 30,000; Infinity is never. */
  readonly idle?: number | undefined;
  /** Whether timers may run when nothing else does, which on the edge they may not: then instances are looked over when a new one is made. */
  readonly timer?: boolean;
}

/** How a place makes its pool. */
export type PoolClass = new <T extends Lent>(spawn: () => T, limits: PoolLimits, waiting: Waiting<T>, program: Program, abi: Abi) => Pool<T>;

/**
 * Pools that share what memory there is: a page has about 125 live memories, however many plugins it loads. Where a new
 * instance would be too many, or the engine has no room for it, the least recently used idle one goes. After some time
 * without a call all of a plugin's go.
 */
export function keep(options: KeepOptions = {}): PoolClass {
  const keeper = new Keeper(options);
  return class<T extends Lent> extends KeptPool<T> {
    constructor(spawn: () => T, limits: PoolLimits, waiting: Waiting<T>, program: Program, abi: Abi) {
      super(spawn, limits, waiting, memoriesOf(program) + (abi.memories ?? 0), keeper);
    }
  };
}

class KeptPool<T extends Lent> extends Pool<T> {
  /** Memories of one instance. */
  readonly memories: number;
  /** When it was last asked for an instance, by the keeper's clock. */
  used = 0;
  readonly #keeper: Keeper;

  constructor(spawn: () => T, limits: PoolLimits, waiting: Waiting<T>, memories: number, keeper: Keeper) {
    super(spawn, limits, waiting);
    this.memories = memories;
    this.#keeper = keeper;
  }

  override take(): T | undefined {
    this.used = this.#keeper.now;
    return super.take();
  }

  /** Who may have no more of them takes nobody's. */
  protected override grow(): T | undefined {
    return this.full ? super.grow() : this.#keeper.room(this, () => super.grow());
  }

  get hasIdle(): boolean {
    return this.idle.length > 0;
  }

  /** Lets the idle instance go that was used longest ago. */
  evict(): void {
    this.idle.shift();
  }

  evictAll(): void {
    this.idle.length = 0;
  }

  override dispose(error: IsopodError): void {
    super.dispose(error);
    this.#keeper.leave(this);
  }
}

/** A pool as the others see it. */
type Member = Pick<KeptPool<Lent>, "memories" | "used" | "size" | "hasIdle" | "evict" | "evictAll">;

/** What is kept by the pools of one host, in one thread. */
class Keeper {
  /** A clock that goes on when an instance is made, and when all are looked over: it costs calls nothing. */
  now = 0;
  readonly #most: number;
  readonly #idle: number;
  readonly #timed: boolean;
  /** Pools that may have instances. */
  readonly #pools = new Set<Member>();
  /** When all were last looked over, by the clock. */
  #mark = 0;
  #lookedOver = 0;
  #timer: unknown;

  constructor({ most = Infinity, idle = 30_000, timer = true }: KeepOptions) {
    if (!(idle >= 0)) throw failure("invalid_option", "idle must be milliseconds, from 0, or Infinity");
    this.#most = most;
    this.#idle = idle;
    this.#timed = timer;
  }

  /** Makes room for one more instance of a pool. */
  room<T>(pool: Member, grow: () => T): T {
    this.#watch();
    this.#pools.add(pool);
    pool.used = ++this.now;
    while (pool.memories > 0 && this.#live() + pool.memories > this.#most && this.#evict());
    for (;;) {
      try {
        return grow();
      } catch (error) {
        if (!isOutOfMemory(error) || !this.#evict()) throw error;
      }
    }
  }

  #live(): number {
    let live = 0;
    for (const { size, memories } of this.#pools) live += size * memories;
    return live;
  }

  /** False where nothing is idle. */
  #evict(): boolean {
    let oldest: Member | undefined;
    for (const pool of this.#pools) if (pool.hasIdle && pool.memories > 0 && (!oldest || pool.used < oldest.used)) oldest = pool;
    oldest?.evict();
    return oldest !== undefined;
  }

  #watch(): void {
    if (this.#idle === Infinity || this.#timer !== undefined) return;
    if (!this.#timed) {
      if (Date.now() - this.#lookedOver >= this.#idle) this.#lookOver();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#lookOver();
      if (this.#pools.size > 0) this.#watch();
    }, this.#idle);
    (this.#timer as { unref?(): void }).unref?.(); // it must not keep a process alive
  }

  #lookOver(): void {
    for (const pool of this.#pools) {
      if (pool.used < this.#mark) pool.evictAll();
      if (pool.size === 0) this.#pools.delete(pool);
    }
    this.#mark = ++this.now;
    this.#lookedOver = Date.now();
  }

  leave(pool: Member): void {
    this.#pools.delete(pool);
    if (this.#pools.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** What engines say where they have no room for a memory. A guest whose stack runs out as it starts is a trap: it would cost others their instances, and run once for each. */
function isOutOfMemory(error: unknown): boolean {
  return (isIsopodError(error) && error.code === "unsupported" ? error.cause : error) instanceof RangeError;
}

/** A module that imports the memory of another counts it again: rather one too many. Of a bare Module exports are all that is known. */
function memoriesOf({ main, modules }: Program): number {
  return [main, ...Object.values(modules)].reduce((sum, { inspected: { memories, exports } }) => sum + Math.max(memories.length, exports.some(({ kind }) => kind === "memory") ? 1 : 0), 0);
}
