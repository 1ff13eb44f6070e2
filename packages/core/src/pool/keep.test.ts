import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Abi, Program } from "../abi/abi.ts";
import { IsopodError } from "../errors.ts";
import { keep, type KeepOptions, type PoolClass } from "./keep.ts";
import type { Lent, Pool } from "./pool.ts";
import { Queue } from "./queue.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class Item implements Lent {
  lent = false;
}

/** An engine that has room for so many memories, and gives it back as soon as nobody holds an instance. */
class Engine {
  readonly pools: Pool<Item>[] = [];
  readonly room: number;
  readonly #class: PoolClass;
  spawned = 0;
  error: unknown = new RangeError("could not allocate memory");

  constructor(options: KeepOptions, room = Infinity) {
    this.room = room;
    this.#class = keep(options);
  }

  get live(): number {
    return this.pools.reduce((sum, { size }) => sum + size, 0);
  }

  pool(memories = 1, concurrency = 4): Pool<Item> {
    const program = { main: { inspected: { memories: Array(memories).fill({}), exports: [] } }, modules: {} } as unknown as Program;
    const spawn = (): Item => {
      if (this.live >= this.room) throw this.error;
      this.spawned++;
      return new Item();
    };
    const pool = new this.#class(spawn, { concurrency, queue: 9 }, new Queue<Item>(), program, {} as Abi);
    this.pools.push(pool);
    return pool;
  }
}

const use = (pool: Pool<Item>): void => pool.release(pool.take()!);

describe("room", () => {
  test.each([
    ["before there are too many", { most: 10 }, Infinity],
    ["when the engine has none", {}, 10],
  ])("is made %s, of what was used longest ago", (_when, options, room) => {
    const engine = new Engine(options, room);
    const pools = Array.from({ length: 10 }, () => engine.pool());
    pools.forEach(use);
    use(pools[0]!); // the oldest is now the second
    use(engine.pool()); // a step of the clock
    expect([engine.live, pools[0]!.size, pools[1]!.size]).toEqual([10, 1, 0]);
    use(pools[0]!);
    use(engine.pool());
    use(engine.pool());
    expect(pools.map(({ size }) => size)).toEqual([1, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
  });

  test("serves 200 plugins in turn, twice, with ten at a time", () => {
    const engine = new Engine({ most: 10 }, 12);
    const pools = Array.from({ length: 200 }, () => engine.pool());
    for (let round = 0; round < 2; round++) pools.forEach(use);
    expect([engine.live, engine.spawned]).toEqual([10, 400]);
  });

  test("is not taken from who is being used, nor from who has no memory", () => {
    const engine = new Engine({}, 3);
    const none = engine.pool(0);
    use(none);
    const [busy, idle] = [engine.pool(), engine.pool()];
    busy.take();
    use(idle);
    const next = engine.pool();
    expect(next.take()).toBeInstanceOf(Item);
    expect([none.size, busy.size, idle.size]).toEqual([1, 1, 0]);
    expect(() => engine.pool().take()).toThrow(RangeError);
  });

  test("is counted in memories", () => {
    const engine = new Engine({ most: 10 });
    const pools = Array.from({ length: 5 }, () => engine.pool(3));
    pools.forEach(use);
    expect(pools.map(({ size }) => size)).toEqual([0, 0, 1, 1, 1]);
  });

  test("helps where the engine's words are in the cause, and where it is none of its fault nobody pays", () => {
    const engine = new Engine({}, 1);
    engine.error = new IsopodError("unsupported", "out of memory", { cause: new RangeError("x") });
    const first = engine.pool();
    use(first);
    use(engine.pool());
    expect([engine.live, first.size]).toEqual([1, 0]);
    for (const cause of [undefined, new RangeError("Maximum call stack size exceeded")]) {
      engine.error = new IsopodError("trap", "broken", { cause });
      expect(() => engine.pool().take()).toThrow("broken");
      expect(engine.live).toBe(1);
    }
  });

  test("is not made for who may have no more instances", () => {
    const engine = new Engine({ most: 2 });
    const [idle, full] = [engine.pool(), engine.pool(1, 1)];
    use(idle);
    full.take();
    expect([full.take(), idle.size]).toEqual([undefined, 1]);
  });
});

describe("what is idle", () => {
  test("goes after a while, all of it, and no timer is left", () => {
    const engine = new Engine({ idle: 1000 });
    const pool = engine.pool();
    const [a, b] = [pool.take()!, pool.take()!];
    pool.release(a);
    pool.release(b);
    vi.advanceTimersByTime(900);
    expect(pool.size).toBe(2);
    vi.advanceTimersByTime(1200);
    expect([pool.size, vi.getTimerCount()]).toEqual([0, 0]);
    use(pool);
    expect([pool.size, vi.getTimerCount()]).toEqual([1, 1]);
  });

  test("stays while it is used, at whatever rate, and what is lent is never taken", () => {
    const engine = new Engine({ idle: 1000 });
    const [used, lent, idle] = [engine.pool(), engine.pool(), engine.pool()];
    const item = lent.take()!;
    use(idle);
    for (let step = 0; step < 50; step++) {
      use(used);
      vi.advanceTimersByTime(100);
    }
    expect([used.size, lent.size, idle.size, engine.spawned]).toEqual([1, 1, 0, 3]);
    lent.release(item);
    vi.advanceTimersByTime(2000);
    expect([engine.live, vi.getTimerCount()]).toEqual([0, 0]);
  });

  test("has no timer of its own where that is not asked for; whoever needs a new one looks", () => {
    const engine = new Engine({ idle: 1000, timer: false });
    const pool = engine.pool();
    use(pool);
    expect(vi.getTimerCount()).toBe(0);
    for (let count = 0; count < 2; count++) {
      vi.advanceTimersByTime(1000);
      use(engine.pool());
    }
    expect([pool.size, vi.getTimerCount()]).toEqual([0, 0]);
  });

  test("stays for ever by that word", () => {
    const engine = new Engine({ idle: Infinity });
    use(engine.pool());
    expect([engine.live, vi.getTimerCount()]).toEqual([1, 0]);
  });

  test("leaves no timer behind when its plugin is disposed of", () => {
    const engine = new Engine({});
    const pool = engine.pool();
    use(pool);
    expect(vi.getTimerCount()).toBe(1);
    pool.dispose(new IsopodError("disposed", "gone"));
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([-1, Number.NaN, "10s"])("is not %s milliseconds", (idle) => {
    expect(() => keep({ idle: idle as number })).toThrow(expect.objectContaining({ code: "invalid_option" }));
  });
});
