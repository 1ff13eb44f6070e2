import { equal, fails, ok, sleep, within } from "../assert.ts";
import type { Case, Ground } from "../ground.ts";
import type { Plugin } from "../../contract/operations.ts";
import { withGuest } from "./byte-abis.ts";

const slow = { functions: { env: { reverse: async (bytes: Uint8Array): Promise<Uint8Array> => { await sleep(30); return bytes.slice().reverse(); } } } };
const quick = { functions: { env: { reverse: (bytes: Uint8Array): Uint8Array => bytes.slice().reverse() } } };
const WAITS = ["hostFunctions", "wait"] as const;

const host = (plugin: Plugin, input = "ab", signal?: AbortSignal): Promise<string> => plugin.call("host", input, { as: "text", ...(signal && { signal }) });

export const concurrency: readonly Case[] = [
  withGuest("pool: one instance serves a queue, in order", "packed-c", async (plugin) => {
    const done: string[] = [];
    await Promise.all(["1a", "2a", "3a"].map(async (input) => done.push(await host(plugin, input))));
    equal(done, ["a1", "a2", "a3"]);
  }, { ...slow, limits: { concurrency: 1 } }, WAITS),
  withGuest("pool: a full queue is overloaded, and what was queued is served", "packed-c", async (plugin) => {
    const calls = [host(plugin), host(plugin), host(plugin)];
    const error = await fails("overloaded", calls[2]!);
    equal(error.details["concurrency"], 1);
    equal(await Promise.all(calls.slice(0, 2)), ["ba", "ba"]);
    equal(await host(plugin), "ba");
  }, { ...slow, limits: { concurrency: 1, queue: 1 } }, WAITS),
  withGuest("pool: an instance with state in its memory, one at a time", "packed-c", async (plugin) => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => plugin.call("count", "", { as: "text" })));
    equal(answers, ["1", "2", "3", "4"]);
  }, { ...quick, limits: { concurrency: 1 } }),
  withGuest("pool: A holds the only instance, B waits, A aborts, B is served", "packed-c", async (plugin) => {
    const controller = new AbortController();
    const a = host(plugin, "aa", controller.signal);
    await sleep(2);
    const b = host(plugin, "b1");
    setTimeout(() => controller.abort("no longer wanted"), 5);
    const error = await within(5000, fails("aborted", a));
    equal(error.cause, "no longer wanted");
    equal(await within(5000, b), "1b");
  }, { ...slow, limits: { concurrency: 1 } }, WAITS),
  withGuest("pool: who waits can give up, and the one behind is served", "packed-c", async (plugin) => {
    const controller = new AbortController();
    const a = host(plugin, "a1");
    const b = host(plugin, "b1", controller.signal);
    const c = host(plugin, "c1");
    controller.abort();
    await fails("aborted", b);
    equal(await Promise.all([a, c]), ["1a", "1c"]);
  }, { ...slow, limits: { concurrency: 1 } }, WAITS),
  withGuest("pool: ten thousand calls at once are all answered", "packed-wat", async (plugin) => {
    const calls = Array.from({ length: 10_000 }, (_value, index) => plugin.call("echo", String(index), { as: "text" }));
    const answers = await Promise.all(calls);
    ok(answers.every((text, index) => text === String(index)), "each gets its own answer");
  }, { ...quick, limits: { queue: 10_000 } }),
  withGuest("dispose during a call settles it", "packed-c", async (plugin) => {
    const running = [host(plugin), host(plugin), host(plugin)];
    await sleep(2);
    await plugin.dispose();
    for (const call of running) await within(2000, fails("disposed", call));
  }, { ...slow, limits: { concurrency: 1 } }, WAITS),
  {
    name: "dispose of the host settles every call of every plugin",
    needs: WAITS,
    run: async (ground: Ground) => {
      const one = ground.host();
      const plugin = await one.load(await ground.guest("packed-c"), slow);
      const other = await one.load(await ground.guest("packed-c"), slow);
      const running = [host(plugin), host(other)];
      await sleep(2);
      await one.dispose();
      for (const call of running) await within(2000, fails("disposed", call));
    },
  },
  {
    name: "a source that never comes: its load is settled by abort, and by dispose of the host",
    run: async (ground: Ground) => {
      const one = ground.host();
      const never = new Promise<ArrayBuffer>(() => {});
      const controller = new AbortController();
      const given = [one.load(never, { signal: controller.signal }), one.load(never)] as const;
      await sleep(2);
      controller.abort();
      await within(2000, fails("aborted", given[0]));
      await one.dispose();
      await within(2000, fails("disposed", given[1]));
    },
  },
  withGuest("abort ends a guest that never returns, and the next call works", "packed-c", async (plugin) => {
    for (let count = 0; count < 2; count++) {
      const controller = new AbortController();
      const stuck = plugin.call("spin", "", { signal: controller.signal });
      setTimeout(() => controller.abort(), 20);
      await within(5000, fails("aborted", stuck));
    }
    equal(await within(5000, plugin.call("echo", "next", { as: "text" })), "next");
  }, quick, ["kill"]),
  {
    name: "a worker that dies rejects what was pending, and is replaced",
    needs: ["moduleFunctions", "locks"],
    run: async (ground: Ground) => {
      const one = ground.host();
      try {
        const deadly = await one.load(await ground.guest("packed-c"), { functions: new URL("./deadly.mjs", ground.functionsUrl!.href) });
        await within(10_000, fails("worker_lost", deadly.call("host", "x")));
        equal(await within(10_000, deadly.call("echo", "next", { as: "text" })), "next");
      } finally {
        await one.dispose();
      }
    },
  },
  {
    name: "plugins share a host, and one that traps harms no other",
    needs: ["hostFunctions"],
    run: async (ground: Ground) => {
      const one = ground.host();
      try {
        const plugins = await Promise.all(["packed-c", "packed-wat", "wapc-c", "arena-wat"].map(async (name) => one.load(await ground.guest(name), quick)));
        const calls = Array.from({ length: 40 }, async (_value, index) => {
          const plugin = plugins[index % 4]!;
          if (index % 7 === 0 && index % 4 !== 3) await fails("trap", plugin.call("trap"));
          return plugin.call("upper", `x${index}`, { as: "text" });
        });
        equal(await Promise.all(calls), Array.from({ length: 40 }, (_value, index) => `X${index}`));
      } finally {
        await one.dispose();
      }
    },
  },
];
