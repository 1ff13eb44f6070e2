import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { IsopodError } from "../errors.ts";
import { Polling } from "./polling.ts";
import { Pool, type Lent } from "./pool.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** Something that is free or not, and who got it. */
class Shop {
  readonly polling = new Polling<string>();
  readonly log: string[] = [];
  free: string[] = [];

  take(): string | undefined {
    return this.free.pop();
  }

  release(item: string): void {
    this.free.push(item);
    this.polling.wake(() => this.take());
  }

  enter(name: string, signal?: AbortSignal): void {
    this.polling.wait(signal, this).then(
      (item) => this.log.push(`${name}: ${item}`),
      (error: IsopodError) => this.log.push(`${name}: ${error.code}`),
    );
  }
}

describe("turns", () => {
  test("come in the order in which callers came, however often the later look", async () => {
    const shop = new Shop();
    shop.enter("a");
    await pass(90); // it looks every 20 ms by now
    shop.enter("b");
    shop.enter("c");
    await pass(1);
    shop.free.push("1");
    await pass(25);
    shop.free.push("2", "3");
    await pass(25);
    expect(shop.log).toEqual(["a: 1", "b: 3", "c: 2"]);
    expect(shop.polling.size).toBe(0);
  });

  test("are looked for soon at first, and then ever more rarely, but at least every 20 ms", async () => {
    const shop = new Shop();
    const looks: number[] = [];
    const began = Date.now();
    vi.spyOn(shop, "take").mockImplementation(() => void looks.push(Date.now() - began));
    shop.enter("a");
    await pass(100);
    expect(looks).toEqual([1, 3, 7, 15, 31, 51, 71, 91]);
  });

  test("who cannot be served gets what taking threw, and the next has its turn", async () => {
    const polling = new Polling<string>();
    const release = (): void => {};
    const failed = polling.wait(undefined, { take: () => { throw new Error("no instance"); }, release }).catch((error: Error) => error.message);
    const served = polling.wait(undefined, { take: () => "item", release });
    await pass(10);
    expect([await failed, await served, polling.size]).toEqual(["no instance", "item", 0]);
  });
});

describe("what comes free", () => {
  /** A pool of one or two, whose callers have to look. */
  const lending = (concurrency: number) => {
    const pool = new Pool<Lent>(() => ({ lent: false }), { concurrency, queue: 9 }, new Polling());
    const served: string[] = [];
    const call = async (name: string, signal?: AbortSignal): Promise<void> => {
      const item = pool.take() ?? (await pool.lease(signal));
      served.push(name);
      await new Promise((resolve) => setTimeout(resolve, 5));
      pool.release(item);
    };
    return { pool, served, call };
  };

  test("is for who waits, not for who comes just then", async () => {
    const { served, call } = lending(1);
    void call("a").then(() => call("a again")); // at the very moment
    void call("b");
    await pass(100);
    expect(served).toEqual(["a", "b", "a again"]);
  });

  test("keeps nobody waiting, however many come", async () => {
    const { served, call } = lending(2);
    const busy = async (name: string): Promise<never> => {
      for (;;) await call(name);
    };
    for (const name of ["a", "b", "c", "d"]) void busy(name);
    await pass(1000);
    const shares = ["a", "b", "c", "d"].map((one) => served.filter((name) => name === one).length);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    expect(served.length).toBeGreaterThan(200); // of 400 at most: it does not lie about for long
  });

  test("goes on to the next where the one it was set aside for gave up or vanished", async () => {
    const { pool, served, call } = lending(1);
    const first = new AbortController();
    const item = pool.take()!;
    void call("b", first.signal).catch(() => served.push("b gave up"));
    void call("c");
    pool.release(item);
    first.abort();
    await pass(30);
    expect(served).toEqual(["b gave up", "c"]);
    const again = pool.take()!;
    void call("gone");
    vi.clearAllTimers();
    pool.release(again);
    expect(pool.take()).toBeUndefined();
    void call("d");
    await pass(1100);
    expect([served.at(-1), pool.take()]).toEqual(["d", again]);
  });

  test("cannot be made: who is first hears why, and the place is free", async () => {
    let broken = false;
    const pool = new Pool<Lent>(() => {
      if (broken) throw new Error("no memory");
      return { lent: false };
    }, { concurrency: 1, queue: 9 }, new Polling());
    const item = pool.take()!;
    const waiting = pool.lease(undefined).catch((error: Error) => error.message);
    broken = true;
    pool.retire(item);
    await pass(5);
    broken = false;
    expect([await waiting, pool.take()]).toEqual(["no memory", { lent: true }]);
  });
});

describe("giving up", () => {
  test("frees the turn", async () => {
    const shop = new Shop();
    const first = new AbortController();
    shop.enter("a", first.signal);
    shop.enter("b");
    await pass(5);
    first.abort();
    shop.free.push("1");
    await pass(40);
    expect(shop.log).toEqual(["a: aborted", "b: 1"]);
  });

  test("keeps the reason", async () => {
    const reason = new Error("tired");
    const waiting = new Polling<string>().wait(AbortSignal.abort(reason), { take: () => "item", release: () => {} }).catch((error: unknown) => error);
    await pass(1);
    expect(await waiting).toMatchObject({ code: "aborted", cause: reason });
  });

  test("dispose refuses everybody, each at its own next look", async () => {
    const shop = new Shop();
    shop.enter("a");
    shop.enter("b");
    shop.polling.dispose(new IsopodError("disposed", "gone"));
    shop.free.push("1");
    expect(shop.log).toEqual([]);
    await pass(20);
    expect([shop.log, shop.polling.size]).toEqual([["a: disposed", "b: disposed"], 0]);
  });
});

describe("callers that vanish: their timers stop, and nothing else is heard of them", () => {
  test("lose their turn within two sweeps, and the next has it", async () => {
    const shop = new Shop();
    shop.enter("gone");
    vi.clearAllTimers();
    shop.enter("here");
    shop.free.push("1");
    await pass(400);
    expect(shop.log).toEqual([]);
    await pass(700);
    expect([shop.log, shop.polling.size]).toEqual([["here: 1"], 0]);
  });

  test("lose what they were lent", async () => {
    const shop = new Shop();
    const lost = vi.fn(() => shop.free.push("taken back"));
    shop.polling.watch(lost);
    vi.clearAllTimers();
    shop.enter("here");
    await pass(450);
    expect(lost).not.toHaveBeenCalled();
    await pass(650);
    expect([lost.mock.calls.length, shop.log]).toEqual([1, ["here: taken back"]]);
    await pass(2000);
    expect(lost).toHaveBeenCalledOnce();
  });

  test("who lives keeps it, for as long as it takes, and the watch ends when it is told to", async () => {
    const shop = new Shop();
    const lost = vi.fn();
    const stop = shop.polling.watch(lost);
    shop.enter("here");
    await pass(10_000);
    expect(lost).not.toHaveBeenCalled();
    stop();
    await pass(10_000);
    expect(lost).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(1); // of the one that waits
  });

  test("have one timer for all that began in one turn, and lose all of it", async () => {
    const shop = new Shop();
    const lost = [vi.fn(), vi.fn(), vi.fn()];
    const [stop] = lost.map((one) => shop.polling.watch(one));
    expect(vi.getTimerCount()).toBe(1);
    await pass(0);
    vi.clearAllTimers();
    const later = vi.fn();
    const end = shop.polling.watch(later);
    stop!();
    expect(vi.getTimerCount()).toBe(1);
    await pass(10_000);
    expect([...lost, later].map((one) => one.mock.calls.length)).toEqual([0, 1, 1, 0]);
    end();
    shop.polling.watch(later)(); // in the turn in which the last one ended
    expect(vi.getTimerCount()).toBe(0);
  });

  test("nobody is gone because a guest held up everybody's timers", async () => {
    const shop = new Shop();
    const lost = vi.fn();
    shop.polling.watch(lost);
    shop.enter("a");
    shop.enter("b");
    for (let round = 0; round < 20; round++) {
      vi.setSystemTime(Date.now() + 30_000);
      await pass(20);
    }
    shop.free.push("1");
    await pass(25);
    expect([lost.mock.calls.length, shop.log]).toEqual([0, ["a: 1"]]);
  });
});
