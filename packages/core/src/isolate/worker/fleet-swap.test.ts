import { expect, test } from "vitest";
import type { Plugin, PluginInfo } from "../../contract/operations.ts";
import { operationsOver } from "../../contract/plugin.ts";
import { Queue } from "../../pool/queue.ts";
import type { Source } from "../../source/read.ts";
import { hotSwap } from "../../swap.ts";
import { bytes, soon, Stage, watch } from "./fleet.fixture.ts";
import { DONE } from "./protocol.ts";
import type { WorkerPlace } from "./worker-place.ts";

const info = { isolation: "worker", state: "plugin" } as PluginInfo;

/** A plugin whose versions are these places. */
function over(place: WorkerPlace): Plugin {
  const load = async (next: Source): Promise<Plugin> => over(next as unknown as WorkerPlace);
  const swaps = hotSwap(() => new Queue())(place, info, {}, load);
  const plugin = operationsOver(swaps, info, () => {});
  swaps.give(plugin);
  return plugin;
}

test("however many versions come meanwhile, none begins before the last call of the first has handed back its changes", async () => {
  const stage = new Stage({ size: 3 });
  const versions = [1, 2, 3].map(() => stage.plugin({ state: "plugin" }));
  const plugin = over(versions[0]!);
  const old = watch(plugin.call("op", "old", { as: "text" }));
  await soon();
  const between: { now(): Promise<unknown> }[] = [];
  for (const next of versions.slice(1)) {
    await plugin.swap(next as never);
    between.push(watch(plugin.call("op", "new", { as: "text" })));
  }
  await soon();
  expect(stage.workers.map(({ calls }) => calls)).toEqual([["old"]]);
  const answer = async (text: string, changes?: unknown): Promise<void> => {
    stage.workers[0]!.say(DONE, bytes(text), changes);
    await soon();
  };
  await answer("1", [["a", bytes("1")]]);
  await answer("2", [["a", bytes("2")]]);
  await answer("3");
  expect(await Promise.all([old, ...between].map((one) => one.now()))).toEqual(["1", "2", "3"]);
  expect(stage.workers[0]!.loads.map(({ variables }) => variables)).toEqual([[], [["a", bytes("1")]], [["a", bytes("2")]]]);
});

test("a version that answered nobody is passed over", async () => {
  const stage = new Stage({ size: 3 });
  const versions = [1, 2, 3].map(() => stage.plugin({ state: "plugin" }));
  const plugin = over(versions[0]!);
  void plugin.call("op", "old");
  await soon();
  for (const next of versions.slice(1)) await plugin.swap(next as never);
  const last = watch(plugin.call("op", "new", { as: "text" }));
  await soon();
  expect(stage.workers.map(({ calls }) => calls)).toEqual([["old"]]);
  stage.workers[0]!.say(DONE, bytes("1"), [["a", bytes("1")]]);
  await soon();
  stage.workers[0]!.say(DONE, bytes("3"), undefined);
  expect([await last.now(), stage.workers[0]!.loads.at(-1)]).toMatchObject(["3", { plugin: 3, variables: [["a", bytes("1")]] }]);
});
