import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Call } from "../../contract/call.ts";
import { failure } from "../../errors.ts";
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
  await vi.advanceTimersByTimeAsync(11);
  await soon();
  expect(stage.workers.length).toBe(2);
});

describe("a spare worker", () => {
  /** A plugin that is loaded, with its spare worker. */
  async function ready(options: Parameters<Stage["plugin"]>[0] = {}, start?: () => Promise<FakeWorker>, size = 1) {
    const stage = new Stage({ size, ...(start && { start }) });
    const clock = new Clock(stage.fleet, 50, true, true);
    const place = stage.plugin({ clock, ...options });
    await place.warm(undefined);
    await soon();
    return { stage, clock, place };
  }

  /** A call that is ended at its deadline, with its worker. */
  async function loop(place: ReturnType<Stage["plugin"]>): Promise<void> {
    const late = watch(outcome(call(place, "loop")));
    await vi.advanceTimersByTimeAsync(51);
    expect(await late.now()).toBe("limit time 50");
  }

  /** Of all workers: the plugins that each was told to load. */
  const loads = (stage: Stage): number[][] => stage.workers.map(({ loads: orders }) => orders.map(({ plugin }) => plugin));

  test("has the plugin before it is needed, so has each after it", async () => {
    const { stage, place } = await ready();
    expect(loads(stage)).toEqual([[1], [1]]);
    for (let count = 2; count < 5; count++) {
      await loop(place);
      const next = call(place, "next");
      expect(stage.workers[count - 1]!.calls, "posted at once").toEqual(["next"]);
      stage.workers[count - 1]!.say(DONE, bytes("N"), undefined);
      expect(await next).toEqual(bytes("N"));
      await soon();
      expect(loads(stage)).toEqual(Array(count + 1).fill([1]));
    }
  });

  test("begins with what the plugin keeps by then", async () => {
    const { stage, place } = await ready({ state: "plugin" });
    const done = call(place, "a");
    stage.workers[0]!.say(DONE, bytes("A"), [["name", bytes("value")]]);
    await done;
    await loop(place);
    void call(place, "b").catch(() => {});
    await soon();
    const [, spare] = stage.workers;
    expect([spare!.drops, spare!.loads.map(({ variables }) => variables), spare!.calls]).toEqual([[], [[["name", bytes("value")]]], ["b"]]);
  });

  test("takes no place of the plugin's, nor of the fleet's", async () => {
    const { stage, place } = await ready({ concurrency: 2 }, undefined, 2);
    const calls = ["a", "b", "c"].map((input) => watch(call(place, input)));
    await soon();
    await soon();
    expect(stage.workers.map((worker) => worker.calls)).toEqual([["a"], [], ["b"]]);
    expect(await calls[2]!.now()).toBe("pending");
  });

  test("is one for all plugins, and serves whoever needs it first", async () => {
    const { stage, place } = await ready();
    const other = stage.plugin({ clock: new Clock(stage.fleet, 50, true, true) });
    await other.warm(undefined);
    await soon();
    expect(loads(stage)).toEqual([[1, 2], [1]]);
    await loop(other);
    const next = [watch(call(other, "next")), watch(call(place, "after that"))];
    await soon();
    expect([stage.workers[1]!.calls, loads(stage), stage.workers[0]!.terminated]).toEqual([["next"], [[1, 2], [1, 2], [2]], 1]);
    stage.workers[1]!.say(DONE, bytes("N"), undefined);
    await soon();
    stage.workers[1]!.say(DONE, bytes("A"), undefined);
    expect(await Promise.all(next.map((one) => one.now()))).toEqual([bytes("N"), bytes("A")]);
    await vi.advanceTimersByTimeAsync(11);
    await soon();
    expect(stage.workers.length).toBe(3);
  });

  test("that serves others by now does not go with the plugin that it was made for", async () => {
    const { stage, clock } = await ready();
    const other = stage.plugin({ clock: new Clock(stage.fleet, 50, true, true) });
    await other.warm(undefined);
    await loop(other);
    clock.leave();
    expect(stage.workers[1]!.terminated).toBe(0);
  });

  test("that ended while it stood by is gone, lets nobody have one worker more, and another gets ready with the next call", async () => {
    const { stage, place } = await ready();
    stage.workers[1]!.die(new Error("it had nothing to do"));
    const calls = ["a", "b"].map((input) => watch(call(place, input)));
    await soon();
    expect(stage.workers.map((worker) => worker.calls)).toEqual([["a"], []]);
    stage.workers[0]!.say(DONE, bytes("A"), undefined);
    expect(await calls[0]!.now()).toEqual(bytes("A"));
    await soon();
    expect(loads(stage)).toEqual([[1], [1], [1]]);
    await vi.advanceTimersByTimeAsync(51);
    expect(await calls[1]!.now()).toBe("limit");
    void call(place, "c").catch(() => {});
    expect(stage.workers[2]!.calls).toEqual(["c"]);
  });

  test.each(["refuses", "hangs"])("that %s when it is told to load is ended, and there is no other until one is missed", async (how) => {
    let count = 0;
    const load = async (): Promise<void> => {
      if (++count === 2) await (how === "hangs" ? new Promise(() => {}) : Promise.reject(new Error("no memory")));
    };
    const { stage, place } = await ready({}, async () => new FakeWorker(undefined, load));
    await vi.advanceTimersByTimeAsync(302);
    const done = call(place, "a");
    stage.workers[0]!.say(DONE, bytes("A"), undefined);
    await done;
    await soon();
    expect(stage.workers.map(({ terminated }) => terminated)).toEqual([0, 1]);
    await loop(place);
    await vi.advanceTimersByTimeAsync(11);
    await soon();
    expect(loads(stage)).toEqual([[1], [1], [1]]);
  });

  test("that comes when the plugin has gone is ended", async () => {
    const gates: (() => void)[] = [];
    const start = (): Promise<FakeWorker> => new Promise((resolve) => gates.push(() => resolve(new FakeWorker())));
    const stage = new Stage({ start });
    const clock = new Clock(stage.fleet, 50, true, true);
    const loading = stage.plugin({ clock }).warm(undefined);
    gates[0]!();
    await loading;
    await soon();
    clock.leave();
    gates[1]!();
    await soon();
    expect(stage.workers.map(({ terminated }) => terminated)).toEqual([0, 1]);
  });

  test.each(["plugin", "host"])("that loads while its %s goes is ended", async (who) => {
    let count = 0;
    const start = async (): Promise<FakeWorker> => new FakeWorker(undefined, async () => void (++count === 2 && (await new Promise(() => {}))));
    const stage = new Stage({ start });
    const clock = new Clock(stage.fleet, 3_600_000, true, true);
    await stage.plugin({ clock }).warm(undefined);
    await soon();
    expect(count).toBe(2);
    clock.leave();
    if (who === "host") stage.fleet.dispose(failure("disposed", "gone"));
    await soon();
    expect(stage.workers.map(({ terminated }) => terminated)).toEqual(who === "host" ? [1, 1] : [0, 1]);
  });

  test("serves who waits for a plugin that has one instance at a time", async () => {
    const { stage, place } = await ready({ state: "plugin" });
    const [late, next] = [watch(outcome(call(place, "loop"))), watch(call(place, "next"))];
    await vi.advanceTimersByTimeAsync(51);
    expect(await late.now()).toBe("limit time 50");
    await soon();
    expect(stage.workers[1]!.calls).toEqual(["next"]);
    stage.workers[1]!.say(DONE, bytes("N"), undefined);
    expect(await next.now()).toEqual(bytes("N"));
  });

  test("is not started for a plugin that does not load", async () => {
    const stage = new Stage({ start: async () => new FakeWorker(undefined, () => Promise.reject(new Error("no"))) });
    await expect(stage.plugin({ clock: new Clock(stage.fleet, 50, true, true) }).warm(undefined)).rejects.toMatchObject({ code: "internal" });
    await soon();
    expect(stage.workers.length).toBe(1);
  });
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
  const late = watch(outcome(place.runMany(batch, ["a", "b", "c"])));
  await vi.advanceTimersByTimeAsync(168);
  expect(await late.now()).toBe("pending");
  await vi.advanceTimersByTimeAsync(3);
  expect(await late.now()).toBe("limit time 50");
});
