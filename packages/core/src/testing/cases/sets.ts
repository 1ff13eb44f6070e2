import { pluginSet, type SetEvent } from "../../contract/set.ts";
import { equal, fails, within } from "../assert.ts";
import type { Case } from "../ground.ts";

export const sets: readonly Case[] = [
  {
    name: "set: answers in order, pipes, leaves out who fails, and goes with its host",
    run: async (ground) => {
      const host = ground.host();
      const load = async (name: string) => host.load(await ground.guest(name));
      const events: SetEvent[] = [];
      const set = pluginSet(
        [
          { name: "upper", plugin: await load("arena-wat") },
          { name: "broken", plugin: await load("sdk-slugify-c"), onFailure: { disableAfter: 2 } }, // has no such operation
          { name: "again", plugin: await load("arena-wat"), onFailure: "skip" },
        ],
        { onEvent: (event) => void events.push(event) },
      );
      try {
        equal(await set.call("upper", "a", { as: "text" }), [{ name: "upper", output: "A" }, { name: "again", output: "A" }]);
        equal(await set.pipe("upper", "b", { as: "text" }), "B");
        equal(await set.pipe("upper", "c", { as: "text" }), "C");
        equal(events.map(({ name, kind }) => `${name} ${kind}`), ["broken skipped", "broken skipped", "broken disabled"]);
        set.enable("broken");
        set.disable("upper");
        equal(await set.call("upper", "d", { as: "text" }), [{ name: "again", output: "D" }]);
      } finally {
        await host.dispose();
      }
      await within(5000, fails("disposed", set.call("upper", "e")));
    },
  },
];
