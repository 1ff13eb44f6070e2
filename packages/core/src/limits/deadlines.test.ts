import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Deadlines, type Timed } from "./deadlines.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** Due so many milliseconds from now. */
function timed(ms: number): Timed & { late: number } {
  const made = {
    due: performance.now() + ms,
    late: 0,
    expire: () => {
      made.late++;
      made.due = Infinity;
    },
  };
  return made;
}

test("each expires once, on time, whatever the order", async () => {
  const deadlines = new Deadlines();
  const [slow, quick] = [timed(500), timed(20)];
  deadlines.watch(slow);
  deadlines.watch(quick);
  await vi.advanceTimersByTimeAsync(19);
  expect([quick.late, slow.late]).toEqual([0, 0]);
  await vi.advanceTimersByTimeAsync(2);
  expect([quick.late, slow.late]).toEqual([1, 0]);
  await vi.advanceTimersByTimeAsync(478);
  expect(slow.late).toBe(0);
  await vi.advanceTimersByTimeAsync(3);
  expect([quick.late, slow.late]).toEqual([1, 1]);
  expect(vi.getTimerCount()).toBe(0);
});

test("what is done in time never expires, and the timer rests", async () => {
  const deadlines = new Deadlines();
  const done = timed(50);
  deadlines.watch(done);
  done.due = Infinity;
  await vi.advanceTimersByTimeAsync(200);
  expect([done.late, vi.getTimerCount()]).toEqual([0, 0]);
});

test("a thousand calls in a row set one timer", () => {
  const deadlines = new Deadlines();
  const set = vi.spyOn(globalThis, "setTimeout");
  const lane = timed(1000);
  for (let count = 0; count < 1000; count++) {
    lane.due = performance.now() + 1000;
    deadlines.watch(lane);
  }
  expect(set).toHaveBeenCalledTimes(1);
});

test("whoever is forgotten is not held until the next look, nor does its time come", async () => {
  setFlagsFromString("--expose_gc");
  const gc = runInNewContext("gc") as () => void;
  const deadlines = new Deadlines();
  const late = vi.fn();
  const done = ((): WeakRef<Timed> => {
    const instance: Timed = { due: performance.now() + 50, expire: late };
    deadlines.watch(instance);
    deadlines.forget(instance);
    return new WeakRef(instance);
  })();
  await new Promise((resolve) => setImmediate(resolve)); // what a turn has seen by a WeakRef stays for that turn
  gc();
  expect(done.deref()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(200);
  expect(late).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test("one that was given more time is looked at again", async () => {
  const deadlines = new Deadlines();
  const lane = timed(50);
  deadlines.watch(lane);
  await vi.advanceTimersByTimeAsync(40);
  lane.due = performance.now() + 50;
  await vi.advanceTimersByTimeAsync(45);
  expect(lane.late).toBe(0);
  await vi.advanceTimersByTimeAsync(10);
  expect(lane.late).toBe(1);
});

test("a thread that was busy hears who was done in time before anyone is late", async () => {
  const deadlines = new Deadlines();
  const [done, late] = [timed(50), timed(50)];
  deadlines.watch(done);
  deadlines.watch(late);
  const { now } = performance;
  const busy = vi.spyOn(performance, "now").mockImplementation(() => now.call(performance) + 200); // no timer went off meanwhile
  await vi.advanceTimersByTimeAsync(51);
  expect([done.late, late.late]).toEqual([0, 0]);
  done.due = Infinity; // its answer was waiting
  await vi.advanceTimersByTimeAsync(21);
  expect([done.late, late.late]).toEqual([0, 1]);
  busy.mockRestore();
});

test("a thread that is busy all the time does not put off for ever what is due", async () => {
  const { now } = performance;
  const { setTimeout: set } = globalThis;
  let behind = 0;
  const spies = [
    vi.spyOn(performance, "now").mockImplementation(() => now.call(performance) + behind),
    vi.spyOn(globalThis, "setTimeout").mockImplementation(((run: () => void, ms: number) => set(() => ((behind += 15), run()), ms)) as never), // each timer is 15 ms late
  ];
  const deadlines = new Deadlines();
  const late = timed(50);
  deadlines.watch(late);
  await vi.advanceTimersByTimeAsync(200);
  expect([late.late, vi.getTimerCount()]).toEqual([1, 0]);
  for (const spy of spies) spy.mockRestore();
});
