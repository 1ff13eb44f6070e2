import { digest } from "../../source/verify.ts";
import { equal, fails, ok, sleep, within } from "../assert.ts";
import type { Case, Ground } from "../ground.ts";
import { withGuest } from "./byte-abis.ts";

const reverse = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse();
const given = { functions: { "extism:host/user": { reverse } } };

/**
 * Where other hosts of these ABIs were seen to fail, one case each. The numbers are those of ARCHITECTURE.md's table.
 */
export const rivals: readonly Case[] = [
  withGuest("1: the 16,384th call works like the first", "extism-c", async (plugin) => {
    const input = "x".repeat(40);
    for (let batch = 0; batch < 34; batch++) {
      const answers = await plugin.callMany("echo", Array.from({ length: 500 }, () => input), { as: "text" });
      ok(answers.every((text) => text === input), `batch ${batch}`);
    }
  }, given),
  withGuest("4: a host function that throws does not hang the next call", "extism-c", async (plugin) => {
    await within(5000, fails("host_function", plugin.call("host", "x")));
    equal(await within(5000, plugin.call("echo", "next", { as: "text" })), "next");
  }, { functions: { "extism:host/user": { reverse: () => { throw new Error("no"); } } } }, ["hostFunctions"]),
  withGuest("5: calling a missing export leaves nothing active", "extism-c", async (plugin) => {
    for (let count = 0; count < 3; count++) await fails("missing_export", plugin.call("nope"));
    equal(await plugin.call("echo", "next", { as: "text" }), "next");
  }, { ...given, limits: { concurrency: 1 } }),
  withGuest("6: parallel calls neither refuse nor mix their contexts", "extism-c", async (plugin) => {
    const users = ["ann", "bob", "cyd", "dan", "eve"];
    equal(await Promise.all(users.map((context) => plugin.call("host", "?", { as: "text", context }))), users);
  }, { functions: { "extism:host/user": { reverse: async (_bytes: Uint8Array, { context }: { context: string }) => { await sleep(context === "ann" ? 15 : 1); return context; } } }, state: "none" }, ["hostFunctions", "wait"]),
  {
    name: "7: the right hash of a view into a larger buffer is right, and what is hashed is what is compiled",
    needs: ["compile"],
    run: async (ground: Ground) => {
      const bytes = await ground.bytes("arena-wat");
      const pooled = new Uint8Array(8192).fill(1);
      pooled.set(bytes, 100);
      const host = ground.host();
      try {
        const plugin = await host.load(pooled.subarray(100, 100 + bytes.length), { integrity: await digest(bytes) });
        equal(await plugin.call("upper", "ok", { as: "text" }), "OK");
      } finally {
        await host.dispose();
      }
    },
  },
  withGuest("9: the caller's input array is not the guest's to write to", "extism-c", async (plugin) => {
    const input = new Uint8Array([97, 98, 99]);
    equal(await plugin.call("upper", input, { as: "text" }), "ABC");
    equal(input, new Uint8Array([97, 98, 99]));
  }, given),
  withGuest("10: a page with a strict CSP runs workers without data: or blob:", "arena-wat", async (plugin) => {
    // The page this runs in allows script-src 'self' 'wasm-unsafe-eval' alone; elsewhere it holds of itself.
    equal(await within(10_000, plugin.call("upper", "csp", { as: "text" })), "CSP");
  }),
  withGuest("11: dispose during a call settles, and a trapped instance is not used again", "packed-c", async (plugin) => {
    equal(await plugin.call("count", "", { as: "text" }), "1");
    equal(await plugin.call("count", "", { as: "text" }), "2");
    await fails("trap", plugin.call("trap"));
    equal(await plugin.call("count", "", { as: "text" }), "1", "a fresh instance");
  }, { functions: { env: { reverse } }, limits: { concurrency: 1 } }),
  {
    name: "12: what a runtime cannot do is refused in words, not in silence",
    run: async (ground: Ground) => {
      const host = ground.host();
      try {
        const error = await fails("unsupported", host.load(await ground.guest("arena-wat"), { limits: { threads: 4 } as never }));
        ok(error.message.includes("threads"), error.message);
        if (!ground.probes.compile) {
          const refused = await fails("unsupported", host.load(await ground.bytes("arena-wat")));
          ok(refused.message.includes("Worker Loader"), refused.message);
        }
      } finally {
        await host.dispose();
      }
    },
  },
];
