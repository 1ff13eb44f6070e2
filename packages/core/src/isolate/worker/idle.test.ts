import { expect, test, vi } from "vitest";
import { call, FakeWorker, GONE, soon, Stage } from "./fleet.fixture.ts";
import { endIdle } from "./idle.ts";
import { DONE } from "./protocol.ts";

const ended = (workers: readonly FakeWorker[]): number[] => workers.map(({ terminated }) => terminated);

function stage(idle?: number): { readonly workers: FakeWorker[]; readonly stage: Stage } {
  const workers: FakeWorker[] = [];
  const start = endIdle(async () => (workers.push(new FakeWorker()), workers.at(-1)!), idle);
  return { workers, stage: new Stage({ size: 3, start }) };
}

test("workers that rest end, all but one, and none that works", async () => {
  const { workers, stage: one } = stage(1000);
  const place = one.plugin();
  const calls = ["a", "b", "c"].map((input) => call(place, input));
  await vi.waitFor(() => expect(workers.map(({ calls: got }) => got.length)).toEqual([1, 1, 1]));
  workers[0]!.say(DONE, "a");
  workers[1]!.say(DONE, "b");
  expect(await Promise.all(calls.slice(0, 2))).toEqual(["a", "b"]);
  vi.advanceTimersByTime(900);
  expect(ended(workers)).toEqual([0, 0, 0]);
  vi.advanceTimersByTime(1200);
  expect(ended(workers)).toEqual([1, 1, 0]);
  workers[2]!.say(DONE, "c");
  expect(await calls[2]).toBe("c");
  vi.advanceTimersByTime(10_000);
  expect([ended(workers), vi.getTimerCount()]).toEqual([[1, 1, 0], 0]);
});

test("one that is left serves the next call, and others come back as they are needed", async () => {
  const { workers, stage: one } = stage(1000);
  const place = one.plugin();
  const first = ["a", "b"].map((input) => call(place, input));
  await vi.waitFor(() => expect(workers.map(({ calls: got }) => got.length)).toEqual([1, 1]));
  for (const worker of workers) worker.say(DONE, "done");
  await Promise.all(first);
  vi.advanceTimersByTime(2100);
  expect(ended(workers), "the first, which holds most, and is nobody's spare one").toEqual([0, 1]);
  const next = ["c", "d"].map((input) => call(place, input));
  await vi.waitFor(() => expect(workers.length).toBe(3));
  await vi.waitFor(() => expect(workers.flatMap(({ calls: got }) => got)).toHaveLength(4));
  for (const worker of workers) if (!worker.terminated) worker.say(DONE, "done");
  expect(await Promise.all(next)).toEqual(["done", "done"]);
});

test("no timer is left when the host is disposed of, and none is there for one worker", async () => {
  const { workers, stage: one } = stage(1000);
  const place = one.plugin();
  const calls = ["a", "b"].map((input) => call(place, input).catch(() => {}));
  await vi.waitFor(() => expect(workers.length).toBe(2));
  await soon();
  expect(vi.getTimerCount()).toBe(1);
  one.fleet.dispose(GONE);
  await Promise.all(calls);
  expect([ended(workers), vi.getTimerCount()]).toEqual([[1, 1], 0]);
});

test("Infinity is never, and what is no time is refused", async () => {
  const start = async (): Promise<FakeWorker> => new FakeWorker();
  expect(endIdle(start, Infinity)).toBe(start);
  expect(() => endIdle(start, -1)).toThrow(expect.objectContaining({ code: "invalid_option" }));
});
