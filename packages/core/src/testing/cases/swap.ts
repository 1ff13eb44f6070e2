import type { Plugin } from "../../contract/operations.ts";
import type { Host } from "../../host.ts";
import { equal, fails, ok, sleep, within } from "../assert.ts";
import type { Case, Ground, ProbeName } from "../ground.ts";
import { version } from "../versions.ts";
import { withGuest } from "./byte-abis.ts";

const WAITS = ["hostFunctions", "wait"] as const;
const answers = (text: string, ms = 0) => ({
  functions: { env: { reverse: async (): Promise<string> => { await sleep(ms); return text; } } },
});
const extism = { functions: { "extism:host/user": { reverse: (bytes: Uint8Array) => bytes.slice().reverse() } } };

const ask = (plugin: Plugin): Promise<string> => plugin.call("host", "?", { as: "text" });
const which = (plugin: Plugin): Promise<number> => plugin.call<number>("version", undefined, { as: "value" });
const never = (): Promise<never> => new Promise(() => {});

function swaps(name: string, run: (host: Host, ground: Ground) => Promise<void>, needs: readonly ProbeName[] = []): Case {
  return {
    name: `swap: ${name}`,
    needs,
    run: async (ground) => {
      const host = ground.host();
      try {
        await within(20_000, run(host, ground));
      } finally {
        await host.dispose();
      }
    },
  };
}

export const swapCases: readonly Case[] = [
  withGuest("swap: the new version answers, and info tells of it", "arena-wat", async (plugin, ground) => {
    equal(await plugin.call("echo", "old", { as: "text" }), "old");
    await plugin.swap(await ground.guest("sdk-slugify-c"));
    ok(plugin.info.operations.includes("slugify"), "info is of the new version");
    equal(await plugin.call("slugify", "Straße Neu", { as: "text" }), "strasse-neu");
    await fails("missing_export", plugin.call("upper", "x"));
    await plugin.swap(await ground.guest("arena-wat"), { health: async (next) => equal(await next.call("upper", "a", { as: "text" }), "A") });
    equal(await plugin.callMany("upper", ["a", "b"], { as: "text" }), ["A", "B"]);
    await plugin.dispose();
    await fails("disposed", plugin.swap(await ground.guest("arena-wat")));
  }),
  withGuest("swap: what runs or waits finishes on the old version", "packed-c", async (plugin, ground) => {
    const running = [ask(plugin), ask(plugin), ask(plugin)];
    await sleep(2);
    await plugin.swap(await ground.guest("packed-c"), answers("new"));
    equal(await ask(plugin), "new");
    equal(await Promise.all(running), ["old", "old", "old"]);
    equal(await ask(plugin), "new");
  }, { ...answers("old", 60), limits: { concurrency: 2 } }, WAITS),
  withGuest("swap: what fails changes nothing, and says why", "arena-wat", async (plugin, ground) => {
    const info = plugin.info;
    const next = await ground.guest("sdk-slugify-c");
    await fails("trap", plugin.swap(await ground.guest("hostile-start-trap")));
    await fails("missing_import", plugin.swap(await ground.guest("hostile-missing-imports"), { abi: "packed" }));
    await fails("missing_export", plugin.swap(next, { health: (trial) => trial.call("nothing") }));
    const refusal = new Error("not well");
    let thrown: unknown;
    await plugin.swap(next, { health: () => { throw refusal; } }).catch((error: unknown) => (thrown = error));
    ok(thrown === refusal, "what health throws comes out as it is");
    await fails("aborted", plugin.swap(next, { health: async () => false }));
    await fails("disposed", plugin.swap(next, { health: (trial) => trial.dispose() }));
    await fails("invalid_option", plugin.swap(next, { health: 1 } as never));
    const signal = { aborted: true, reason: "why", addEventListener: () => {}, removeEventListener: () => {} };
    equal((await fails("aborted", plugin.swap(next, { signal }))).cause, "why");
    ok(plugin.info === info, "info is of the old version");
    equal(await plugin.call("upper", "still", { as: "text" }), "STILL");
  }),
  withGuest("swap: what is not what was signed for changes nothing", "arena-wat", async (plugin, ground) => {
    await fails("integrity", plugin.swap(await ground.bytes("sdk-slugify-c"), { integrity: `sha256-${"A".repeat(43)}=` }));
    equal(await plugin.call("upper", "still", { as: "text" }), "STILL");
  }, {}, ["compile"]),
  withGuest("swap: variables are carried over, and a trial changes none", "extism-c", async (plugin, ground) => {
    const count = (of: Plugin): Promise<string> => of.call("var", "", { as: "text" });
    equal([await count(plugin), await count(plugin)], ["1", "2"]);
    await plugin.swap(await ground.guest("extism-c"), { health: async (next) => equal([await count(next), await count(next)], ["3", "4"]) });
    equal([await count(plugin), await count(plugin)], ["3", "4"]);
    await fails("trap", plugin.swap(await ground.guest("extism-c"), { health: (next) => next.call("trap") }));
    equal(await count(plugin), "5");
    await plugin.swap(await ground.guest("extism-c"));
    equal(await Promise.all([count(plugin), count(plugin)]), ["6", "7"]);
  }, extism),
  swaps("several at once are served in order, and one that fails holds up none", async (host) => {
    const plugin = await host.load(version(0));
    const seen: number[] = [];
    const health = async (next: Plugin): Promise<void> => void seen.push(await which(next));
    const failing = plugin.swap(version(2), { health: () => { throw new Error("no"); } }).then(() => "swapped", () => "failed");
    await Promise.all([plugin.swap(version(1), { health }), plugin.swap(version(3), { health }), plugin.swap(version(4), { health })]);
    equal([await failing, seen, await which(plugin)], ["failed", [1, 3, 4], 4]);
  }, ["compile"]),
  swaps("under load no call fails, and none is answered by a version that was replaced before it", async (host) => {
    const plugin = await host.load(version(0), { limits: { queue: 10_000 } });
    let replaced = -1; // versions up to this one
    let stale = 0;
    let answered = 0;
    let over = false;
    const caller = async (): Promise<void> => {
      while (!over) {
        const since = replaced;
        if ((await which(plugin)) <= since) stale++;
        answered++;
        if (answered % 50 === 0) await sleep(0);
      }
    };
    const callers = [1, 2, 3, 4].map(caller);
    for (let number = 1; number <= 20; number++) {
      await plugin.swap(version(number), { health: which });
      replaced = number - 1;
      await sleep(1);
    }
    over = true;
    await Promise.all(callers);
    equal([stale, await which(plugin)], [0, 20]);
    ok(answered > 20, `calls went on, ${answered} of them`);
  }, ["compile"]),
  withGuest("swap: dispose settles what is being tried and what waits", "arena-wat", async (plugin, ground) => {
    const next = await ground.guest("arena-wat");
    const pending = [plugin.swap(next, { health: never }), plugin.swap(next), plugin.swap(next)];
    const settled = pending.map((swap) => fails("disposed", swap));
    await sleep(20);
    await plugin.dispose();
    await within(5000, Promise.all(settled));
  }),
  withGuest("swap: dispose settles what still runs on the old version", "packed-c", async (plugin, ground) => {
    const old = fails("disposed", ask(plugin));
    await sleep(2);
    await plugin.swap(await ground.guest("packed-c"), answers("new"));
    equal(await ask(plugin), "new");
    await plugin.dispose();
    await within(2000, old);
  }, answers("old", 5000), WAITS),
  withGuest("swap: a start that never returns ends with its signal, and the old version goes on", "packed-c", async (plugin, ground) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    await within(5000, fails("aborted", plugin.swap(await ground.guest("packed-c"), { signal: controller.signal, health: (next) => next.call("spin", "", { signal: controller.signal }) })));
    equal(await within(5000, plugin.call("echo", "on", { as: "text" })), "on");
  }, answers("x"), ["kill", "hostFunctions"]),
];
