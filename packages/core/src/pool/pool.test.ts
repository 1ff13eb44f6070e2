import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { IsopodError } from "../errors.ts";
import { Pool, type Lent, type PoolLimits } from "./pool.ts";
import { Queue } from "./queue.ts";

const GONE = new IsopodError("disposed", "gone");
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const code = (error: unknown): string => (error as IsopodError).code;

class Item implements Lent {
  lent = false;
}

interface Caller {
  readonly signal: AbortController;
  /** What it was told: an item, or the code of an error. */
  got: Item | string | undefined;
}

/** A pool and, beside it, what should be. */
class World {
  readonly spawned: Item[] = [];
  readonly pool: Pool<Item>;
  readonly limits: PoolLimits;
  readonly busy: Item[] = [];
  readonly waiting: Caller[] = [];
  readonly callers: Caller[] = [];
  idle = 0;
  disposed = false;

  constructor(limits: PoolLimits) {
    this.limits = limits;
    this.pool = new Pool(() => (this.spawned.push(new Item()), this.spawned.at(-1)!), limits, new Queue());
  }

  /** A call as a place makes it: at once, or later. */
  async call(): Promise<void> {
    const caller: Caller = { signal: new AbortController(), got: undefined };
    this.callers.push(caller);
    const free = this.idle > 0 || this.busy.length < this.limits.concurrency;
    try {
      const item = this.pool.take();
      expect([item !== undefined, this.disposed]).toEqual([free, false]);
      if (item) {
        this.idle = Math.max(0, this.idle - 1);
        this.lend(caller, item);
        return;
      }
    } catch (error) {
      caller.got = code(error);
      expect([caller.got, this.disposed]).toEqual(["disposed", true]);
      return;
    }
    const full = this.waiting.length >= this.limits.queue;
    if (!full) this.waiting.push(caller);
    this.pool.lease(caller.signal.signal).then((item) => (caller.got = item), (error: unknown) => (caller.got = code(error)));
    await settled();
    expect(caller.got).toBe(full ? "overloaded" : undefined);
  }

  lend(caller: Caller, item: Item): void {
    expect(this.busy).not.toContain(item);
    caller.got = item;
    this.busy.push(item);
  }

  /** The place of a busy item is free: who waits longest has it now. */
  async back(pick: number, how: "release" | "retire"): Promise<void> {
    const item = this.busy[pick % this.busy.length];
    if (!item) return;
    this.busy.splice(this.busy.indexOf(item), 1);
    this.pool[how](item);
    if (this.waiting.length === 0) this.pool[how](item); // a second time changes nothing
    await settled();
    const next = this.waiting.shift();
    if (next) {
      expect(next.got).toBeInstanceOf(Item);
      if (how === "release") expect(next.got).toBe(item);
      else expect(next.got).not.toBe(item);
      this.lend(next, next.got as Item);
    } else if (how === "release" && !this.disposed) this.idle++;
  }

  async abort(pick: number): Promise<void> {
    const caller = this.callers[pick % this.callers.length];
    if (!caller) return;
    const before = caller.got;
    caller.signal.abort(new Error("tired"));
    await settled();
    const at = this.waiting.indexOf(caller);
    expect(caller.got).toBe(at < 0 ? before : "aborted");
    if (at >= 0) this.waiting.splice(at, 1);
  }

  async dispose(): Promise<void> {
    this.pool.dispose(GONE);
    this.disposed = true;
    this.idle = 0;
    await settled();
    for (const caller of this.waiting.splice(0)) expect(caller.got).toBe("disposed");
  }

  check(): void {
    expect(this.pool.size).toBe(this.idle + this.busy.length);
    expect(this.pool.size).toBeLessThanOrEqual(this.limits.concurrency);
    expect(this.waiting.length).toBeLessThanOrEqual(this.limits.queue);
    if (this.waiting.length > 0) expect([this.idle, this.busy.length]).toEqual([0, this.limits.concurrency]);
    for (const caller of this.waiting) expect(caller.got).toBeUndefined();
  }
}

const step = fc.oneof(
  { weight: 8, arbitrary: fc.constant((world: World) => world.call()) },
  { weight: 4, arbitrary: fc.nat().map((pick) => (world: World) => world.back(pick, "release")) },
  { weight: 2, arbitrary: fc.nat().map((pick) => (world: World) => world.back(pick, "retire")) },
  { weight: 2, arbitrary: fc.nat().map((pick) => (world: World) => world.abort(pick)) },
);

test("never more than the cap; first come, first served; whoever gives up or gives back frees a place; dispose settles all", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.nat({ max: 4 }), fc.array(step, { maxLength: 60 }), fc.nat({ max: 60 }), async (concurrency, queue, steps, end) => {
      const world = new World({ concurrency, queue });
      for (const [index, run] of steps.entries()) {
        if (index === end) await world.dispose();
        await run(world);
        world.check();
      }
      await world.dispose();
      expect(world.callers.filter(({ got }) => got === undefined)).toEqual([]);
    }),
    { seed: 1, numRuns: 150 },
  );
});

describe("instances", () => {
  test("are made when they are needed, the one last used first, and no more than the cap allows", () => {
    const spawned: Item[] = [];
    const pool = new Pool(() => (spawned.push(new Item()), spawned.at(-1)!), { concurrency: 2, queue: 0 }, new Queue<Item>());
    expect(spawned.length).toBe(0);
    const [a, b, none] = [pool.take()!, pool.take()!, pool.take()];
    expect([none, spawned.length]).toEqual([undefined, 2]);
    pool.release(a);
    pool.release(b);
    expect([pool.take(), pool.take(), spawned.length]).toEqual([b, a, 2]);
  });

  test("one that cannot be made takes no place", () => {
    let attempts = 0;
    const pool = new Pool<Item>(() => {
      if (++attempts < 3) throw new Error("no memory");
      return new Item();
    }, { concurrency: 1, queue: 0 }, new Queue());
    expect(() => pool.take()).toThrow("no memory");
    expect(() => pool.take()).toThrow("no memory");
    expect([pool.size, pool.take()]).toEqual([0, expect.any(Item)]);
  });

  test("that cannot be made any more fail everybody who waits for one", async () => {
    let broken = false;
    const spawn = (): Item => {
      if (broken) throw new Error("no memory");
      return new Item();
    };
    const pool = new Pool(spawn, { concurrency: 1, queue: 9 }, new Queue<Item>());
    const item = pool.take()!;
    const waiting = [1, 2, 3].map(() => pool.lease(undefined).catch((error: Error) => error.message));
    broken = true;
    pool.retire(item);
    expect(await Promise.all(waiting)).toEqual(Array(3).fill("no memory"));
    broken = false;
    expect(pool.take()).toBeInstanceOf(Item);
  });

  test("what comes back to a pool that is gone is not kept", () => {
    const pool = new Pool(() => new Item(), { concurrency: 1, queue: 1 }, new Queue<Item>());
    const item = pool.take()!;
    pool.dispose(GONE);
    pool.release(item);
    expect(pool.size).toBe(0);
    expect(() => pool.take()).toThrow(GONE);
  });
});

test("the refusal says by what it is bound", async () => {
  const pool = new Pool(() => new Item(), { concurrency: 1, queue: 0 }, new Queue<Item>());
  pool.take();
  await expect(pool.lease(undefined)).rejects.toMatchObject({ code: "overloaded", details: { concurrency: 1, queue: 0 } });
});

test("a caller whose signal has fired does not wait", async () => {
  const pool = new Pool(() => new Item(), { concurrency: 1, queue: 9 }, new Queue<Item>());
  pool.take();
  const listening = vi.fn();
  const signal = { aborted: true, reason: "tired", addEventListener: () => listening(1), removeEventListener: () => listening(-1) };
  await expect(pool.lease(signal)).rejects.toMatchObject({ code: "aborted", cause: "tired" });
  expect(listening.mock.calls.flat()).toEqual([1, -1]);
});

test("a caller whose signal is none takes no turn of others", async () => {
  const pool = new Pool(() => new Item(), { concurrency: 1, queue: 9 }, new Queue<Item>());
  const item = pool.take()!;
  await expect(pool.lease({ aborted: false } as never)).rejects.toThrow(TypeError);
  pool.release(item);
  expect(pool.take()).toBe(item);
});

test("a caller that was served leaves no listener on its signal", async () => {
  const listeners = new Set<unknown>();
  const signal = { aborted: false, addEventListener: (_type: string, one: unknown) => void listeners.add(one), removeEventListener: (_type: string, one: unknown) => void listeners.delete(one) };
  const pool = new Pool(() => new Item(), { concurrency: 1, queue: 9 }, new Queue<Item>());
  const item = pool.take()!;
  const waiting = [pool.lease(signal), pool.lease(signal)];
  expect(listeners.size).toBe(2);
  pool.release(item);
  await waiting[0];
  expect(listeners.size).toBe(1);
  pool.dispose(GONE);
  await expect(waiting[1]).rejects.toBe(GONE);
  expect(listeners.size).toBe(0);
});
