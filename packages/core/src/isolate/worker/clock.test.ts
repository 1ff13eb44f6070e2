import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Call } from "../../contract/call.ts";
import { bytes, FakeWorker, soon, Stage, watch } from "./fleet.fixture.ts";
import { Clock } from "./clock.ts";
import { DONE, FAILED } from "./protocol.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

const call = (place: ReturnType<Stage["plugin"]>, input: string): Promise<unknown> => place.run(new Call("op", input)) as Promise<unknown>;

/** Whose call fails, as code and limit. */
async function outcome(promise: Promise<unknown>): Promise<unknown> {
  return promise.then((value) => value, ({ code, details }) => `${code} ${details.limit} ${details.cap}`);
}

test("a hardened guest is given up soon after its deadline, ends by itself, and its worker serves the next call", async () => {
  const stage = new Stage();
  const place = stage.plugin({ clock: new Clock(stage.fleet, 50, false, true) });
  const late = watch(outcome(call(place, "a")));
  await vi.advanceTimersByTimeAsync(69);
  expect(await late.now()).toBe("pending");
  await vi.advanceTimersByTimeAsync(2);
  expect(await late.now()).toBe("limit time 50");
  const [worker] = stage.workers;
  expect(worker!.terminated).toBe(0);
  worker!.say(FAILED, { name: "IsopodError", code: "limit", message: "limits.time", details: {} }, undefined);
  const next = call(place, "b");
  await soon();
  expect([worker!.calls, worker!.terminated, stage.workers.length]).toEqual([["a", "b"], 0, 1]);
  worker!.say(DONE, bytes("B"), undefined);
  expect(await next).toEqual(bytes("B"));
});

test("one that does not end takes its worker with it", async () => {
  const stage = new Stage();
  const late = watch(outcome(call(stage.plugin({ clock: new Clock(stage.fleet, 50, false, true) }), "a")));
  await vi.advanceTimersByTimeAsync(71);
  expect([await late.now(), stage.workers[0]!.terminated]).toEqual(["limit time 50", 0]);
  await vi.advanceTimersByTimeAsync(31);
  expect(stage.workers[0]!.terminated).toBe(1);
});

test("a guest that nothing else ends takes its worker with it at once, and a spare one stands by for the next call", async () => {
  const stage = new Stage();
  const place = stage.plugin({ clock: new Clock(stage.fleet, 50, true, true) });
  const first = call(place, "a");
  await soon();
  expect(stage.workers.length, "one for the call, one that stands by").toBe(2);
  const late = watch(outcome(first));
  const waiting = call(place, "b");
  await vi.advanceTimersByTimeAsync(51);
  expect(await late.now()).toBe("limit time 50");
  const served = stage.workers.find(({ calls }) => calls.includes("b"))!;
  expect(stage.workers.map(({ terminated }) => terminated).slice(0, 2).toSorted()).toEqual([0, 1]);
  expect(stage.workers.slice(0, 2)).toContain(served);
  served.say(DONE, bytes("B"), undefined);
  expect(await waiting).toEqual(bytes("B"));
  await soon();
  expect(stage.workers.length, "and the next one gets ready").toBe(3);
});

test("a wish for time that nobody uttered keeps no worker ready, until one was ended", async () => {
  const stage = new Stage();
  const place = stage.plugin({ clock: new Clock(stage.fleet, 50, true, false) });
  const late = watch(outcome(call(place, "a")));
  await soon();
  expect(stage.workers.length).toBe(1);
  await vi.advanceTimersByTimeAsync(51);
  expect(await late.now()).toBe("limit time 50");
  await soon();
  expect(stage.workers.length).toBe(2);
});

test("a plugin that goes takes its spare worker with it", async () => {
  const stage = new Stage();
  const clock = new Clock(stage.fleet, 50, true, true);
  const place = stage.plugin({ clock });
  const done = call(place, "a");
  await soon();
  stage.workers.find(({ calls }) => calls.length > 0)!.say(DONE, bytes("A"), undefined);
  await done;
  clock.leave();
  await soon();
  expect(stage.workers.filter(({ terminated }) => terminated === 1).length).toBe(1);
});

test("instantiating is bounded by time too", async () => {
  const stage = new Stage({ start: async () => new FakeWorker(undefined, () => new Promise(() => {})) });
  const late = watch(outcome(call(stage.plugin({ clock: new Clock(stage.fleet, 50, false, true) }), "a")));
  await vi.advanceTimersByTimeAsync(299);
  expect(await late.now()).toBe("pending");
  await vi.advanceTimersByTimeAsync(3);
  expect([await late.now(), stage.workers[0]!.terminated]).toEqual(["limit time 50", 1]);
});

test("each input of a batch has a time of its own", async () => {
  const stage = new Stage();
  const clock = new Clock(stage.fleet, 50, false, true);
  const place = stage.plugin({ clock });
  const batch = new Call("op", undefined);
  clock.batch(batch, 3);
  const late = watch(outcome(place.runMany({ op: "op", inputs: ["a", "b", "c"], as: undefined, call: batch })));
  await vi.advanceTimersByTimeAsync(168);
  expect(await late.now()).toBe("pending");
  await vi.advanceTimersByTimeAsync(3);
  expect(await late.now()).toBe("limit time 50");
});
