import { describe, expect, test } from "vitest";
import { bytes, call, FakeWorker, soon, Stage, watch } from "./fleet.fixture.ts";
import { DONE } from "./protocol.ts";

test("a plugin that may have one instance gets one, though two workers are free at once", async () => {
  const stage = new Stage({ size: 2 });
  const [other, place] = [stage.plugin(), stage.plugin({ state: "plugin" })];
  for (const one of [other, place]) {
    for (let count = 0; count < 2; count++) void call(one, "x");
    await soon();
  }
  for (const worker of stage.workers) worker.say(DONE, undefined, undefined);
  await soon();
  expect(stage.workers.map(({ posted }) => posted.filter(([, plugin]) => plugin === 2).length)).toEqual([1, 0]);
});

describe("a plugin whose instance is in a worker that runs a long call of another", () => {
  const held = async (of: object, size = 2) => {
    const stage = new Stage({ size });
    const [place, other] = [stage.plugin(of), stage.plugin()];
    await place.warm(undefined);
    await other.warm(undefined);
    const long = watch(call(other, "long", { as: "text" }));
    const mine = watch(call(place, "mine", { as: "text" }));
    await soon();
    return { stage, place, other, long, mine };
  };

  test("has its state taken to another", async () => {
    const { stage, place, long, mine } = await held({ state: "plugin" });
    const [one, two] = stage.workers as [FakeWorker, FakeWorker];
    expect([one.calls, one.drops, two.calls]).toEqual([["long"], [1], ["mine"]]);
    two.say(DONE, bytes("well"), [["a", bytes("1")]]);
    expect([await long.now(), await mine.now()]).toEqual(["pending", "well"]);
    void call(stage.plugin(), "long, too");
    await soon();
    one.say(DONE, bytes("long"), undefined);
    void call(place, "again");
    await soon();
    expect([one.calls, one.loads.at(-1), two.calls]).toMatchObject([["long", "again"], { plugin: 1, variables: [["a", bytes("1")]] }, ["mine", "long, too"]]);
    expect(await long.now()).toBe("long");
  });

  test("has no more instances for it", async () => {
    const { stage, place } = await held({ concurrency: 2 }, 4);
    void call(place, "b");
    await soon();
    expect(stage.workers.map(({ calls }) => calls)).toEqual([["long"], ["mine"]]);
    stage.workers[1]!.say(DONE, bytes("done"), undefined);
    await soon();
    expect(stage.workers.map(({ calls }) => calls)).toEqual([["long"], ["mine", "b"]]);
  });

  test.each(["none", "plugin"])("waits, state %s, where the application asked for one, which may remember by itself what it was told", async (state) => {
    const { stage, mine } = await held({ concurrency: 1, state });
    expect(stage.workers.length).toBe(1);
    stage.workers[0]!.say(DONE, bytes("long"), undefined);
    await soon();
    stage.workers[0]!.say(DONE, bytes("well"), undefined);
    expect([await mine.now(), stage.workers[0]!.drops]).toEqual(["well", []]);
  });

  test("is served where it is if that comes first", async () => {
    let start!: () => void;
    const stage = new Stage({ size: 2, start: () => (stage.workers.length === 0 ? Promise.resolve(new FakeWorker()) : new Promise((resolve) => (start = () => resolve(new FakeWorker())))) });
    const [place, other] = [stage.plugin({ state: "plugin" }), stage.plugin()];
    await place.warm(undefined);
    void call(other, "long");
    const mine = watch(call(place, "mine", { as: "text" }));
    await soon();
    stage.workers[0]!.say(DONE, undefined, undefined);
    await soon();
    start();
    await soon();
    stage.workers[0]!.say(DONE, bytes("well"), undefined);
    expect([await mine.now(), stage.workers.map(({ drops }) => drops)]).toEqual(["well", [[], []]]);
  });
});
