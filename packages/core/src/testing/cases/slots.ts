import { equal, ok, within } from "../assert.ts";
import type { Case } from "../ground.ts";

/** More than a page of Chromium has memories for: it has 124. */
const MANY = 200;

export const slots: readonly Case[] = [
  {
    name: "slots: 200 plugins on one host, each called in turn, twice",
    run: async (ground) => {
      const host = ground.host();
      try {
        const source = await ground.guest("arena-wat");
        const count = ground.isolation === "loader" ? 20 : MANY; // each of those is a worker of its own, with memories of its own
        await within(100_000, (async () => {
          const plugins = [];
          while (plugins.length < count) plugins.push(await host.load(source));
          for (let round = 0; round < 2; round++) {
            for (const [index, plugin] of plugins.entries()) equal(await plugin.call("upper", `x${index}`, { as: "text" }), `X${index}`);
          }
          const together = await Promise.all(plugins.map((plugin) => plugin.call("echo", "all", { as: "text" })));
          ok(together.every((text) => text === "all"), "and all at once");
        })());
      } finally {
        await host.dispose();
      }
    },
  },
];
