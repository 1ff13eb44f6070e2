import type { LoadOptions } from "../../options.ts";
import { equal, fails, ok } from "../assert.ts";
import type { Case, ProbeName } from "../ground.ts";

type Operation = readonly [op: string, input: string, frames: readonly string[]];

/** What breaks off, and where, innermost first: guests/conformance/c/lines.c and as/lines.ts. */
const C: readonly Operation[] = [
  ["sum", "12x4", ["digit (conformance/c/lines.c:10:5)", "sum (conformance/c/lines.c:17:14)", "packed_sum (conformance/c/lines.c:22:28)"]],
  ["mean", "", ["packed_mean (conformance/c/lines.c:27:39)"]],
  ["beyond", "ab", ["packed_beyond (conformance/c/lines.c:34:12)"]],
  ["fill", "abc", ["packed_fill (conformance/c/lines.c:41:3)"]],
];
const AS: readonly Operation[] = [
  ["sum", "12x4", ["lines/total (lines.ts:17:5)", "lines/sum (lines.ts:29:33)"]],
  ["mean", "", ["lines/mean (lines.ts:34:33)"]],
  ["fill", "abc", ["lines/fill (lines.ts:39:3)"]],
];

/** Not hardened, and not even counted. */
const UNLIMITED = { memory: "unlimited", tables: "unlimited", fuel: "unlimited", time: "unlimited", input: "unlimited", output: "unlimited", hostCalls: "unlimited" } as const;

function tells(name: string, guest: string, operations: readonly Operation[], options: (bytes: Uint8Array) => LoadOptions, needs: readonly ProbeName[] = []): Case {
  return {
    name: `lines: ${name}`,
    needs: ["traces", "offsets", ...needs],
    run: async (ground) => {
      const host = ground.host();
      try {
        for (const limits of [undefined, UNLIMITED]) {
          const plugin = await host.load(await ground.guest(guest), { ...options(await ground.bytes(guest)), ...(limits && { limits }) });
          for (const [op, input, frames] of operations) {
            const error = await fails("trap", plugin.call(op, input));
            equal(error.details["frames"], frames, `${op}: ${error.message}`);
            ok(error.message.includes(frames.join(" ← ")), error.message);
          }
          await plugin.dispose();
        }
      } finally {
        await host.dispose();
      }
    },
  };
}

/** The map that the guest carries, under another name: it must be the one that is used. */
function given(bytes: Uint8Array): LoadOptions {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const [, base64 = ""] = /data:application\/json;base64,([\w+/=]+)/.exec(text) ?? [];
  const map = JSON.parse(atob(base64)) as { version: number; sources: string[]; mappings: string };
  return { debug: { ...map, sources: map.sources.map((source) => `given/${source}`) } };
}

/** A trap says where in its source the plugin broke off, where the engine says where in the module. */
export const lines: readonly Case[] = [
  tells("from DWARF, hardened and unlimited", "lines-c", C, () => ({ debug: true })),
  tells("from a source map in the module", "lines-as", AS, () => ({ debug: true })),
  tells("from a source map that the application gives", "lines-as", AS.map(([op, input, frames]) => [op, input, frames.map((frame) => frame.replace("(", "(given/"))]), given, ["compile"]),
  {
    name: "lines: those of the module itself where what is given is no source map, and no error where there are none",
    needs: ["traces", "offsets", "compile"],
    run: async (ground) => {
      const host = ground.host();
      try {
        const plugin = await host.load(await ground.guest("lines-as"), { debug: "{" });
        const { details } = await fails("trap", plugin.call("mean", ""));
        equal(details["frames"], ["lines/mean (lines.ts:34:33)"]);
        equal((await host.load(await ground.guest("arena-wat"), { debug: true })).info.abi, "packed");
      } finally {
        await host.dispose();
      }
    },
  },
];
