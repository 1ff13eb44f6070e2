import { Scope } from "../../capability/scope.ts";
import { seededRandom } from "../../capability/random.ts";
import { encode } from "../../memory/text.ts";
import { isIsopodError } from "../../errors.ts";
import type { Plugin } from "../../contract/operations.ts";
import type { LoadOptions } from "../../options.ts";
import { equal, fails, ok, within } from "../assert.ts";
import type { Case, Ground, ProbeName } from "../ground.ts";

/** The ABIs that pass bytes, with the languages each has a conformance guest in. */
const ABIS = ["packed", "extism", "wapc"] as const;
const LANGUAGES = ["c", "as", "wat"] as const;

/** Where a guest of each ABI looks for `reverse`. */
export const NAMESPACE = { packed: "env", extism: "extism:host/user", wapc: "test" } as const;

const reverse = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse();

type Body = (plugin: Plugin, ground: Ground) => Promise<void>;

/** One case that loads a guest, runs the body and disposes of everything. */
export function withGuest(name: string, guest: string, body: Body, options: LoadOptions = {}, needs: readonly ProbeName[] = []): Case {
  return {
    name,
    needs,
    run: async (ground) => {
      const host = ground.host();
      try {
        const plugin = await host.load(await ground.guest(guest), reachable(options, needs, ground));
        await within(20_000, body(plugin, ground));
      } finally {
        await host.dispose();
      }
    },
  };
}

/**
 * Guests import `reverse` whether a case calls it or not. Where the application's thread cannot be reached, a case that
 * does not ask for that very thing gets the same functions as a module.
 */
export function reachable(options: LoadOptions, needs: readonly ProbeName[], { probes, functionsUrl }: Ground): LoadOptions {
  if (!options.functions || probes.hostFunctions || needs.includes("hostFunctions") || !functionsUrl) return options;
  return { ...options, functions: functionsUrl };
}

/** What each ABI does in each language. */
function basics(abi: (typeof ABIS)[number], language: (typeof LANGUAGES)[number]): Case[] {
  const guest = `${abi}-${language}`;
  const functions = { [NAMESPACE[abi]]: { reverse } };
  const loaded = (what: string, body: Body, needs: readonly ProbeName[] = []): Case => withGuest(`${guest}: ${what}`, guest, body, { functions }, needs);
  return [
    loaded("is recognised", async ({ info }) => {
      equal(info.abi, abi, "abi");
      ok(info.reason.length > 5, "a reason");
    }),
    loaded("bytes, text and nothing come back as they went", async (plugin) => {
      equal(await plugin.call("echo", new Uint8Array([0, 1, 254, 255])), new Uint8Array([0, 1, 254, 255]));
      equal(await plugin.call("echo", "Grüße, 🌍", { as: "text" }), "Grüße, 🌍");
      equal(await plugin.call("echo", ""), new Uint8Array(0));
      equal(await plugin.call("echo"), new Uint8Array(0));
      equal(await plugin.callMany("echo", [undefined, "a"], { as: "text" }), ["", "a"]);
      equal(await plugin.call("upper", "abc-xyz 123 é", { as: "text" }), "ABC-XYZ 123 é");
    }),
    loaded("a megabyte, and then a byte", async (plugin) => {
      const large = new Uint8Array(1_048_576).map((_value, index) => index * 7);
      equal(await plugin.call("echo", large), large);
      equal(await plugin.call("echo", "x", { as: "text" }), "x");
    }),
    loaded("a trap is one typed error, and the next call works", async (plugin) => {
      const error = await fails("trap", plugin.call("trap"));
      equal(error.fault, "plugin");
      equal(await plugin.call("echo", "next", { as: "text" }), "next");
    }),
    loaded("an error of the guest's own", async (plugin) => {
      const error = await fails(abi === "packed" ? "trap" : "guest_error", plugin.call("fail", "no such luck"));
      if (abi !== "packed") ok(error.message.includes("no such luck"), error.message);
      equal(await plugin.call("echo", "next", { as: "text" }), "next");
    }),
    loaded("a host function", async (plugin) => {
      equal(await plugin.call("host", "stressed", { as: "text" }), "desserts");
    }),
  ];
}

/** What only the C guests carry: each has every operation of the list. */
function fine(abi: (typeof ABIS)[number]): Case[] {
  const guest = `${abi}-c`;
  const namespace = NAMESPACE[abi];
  const functions = { [namespace]: { reverse } };
  const loaded = (what: string, body: Body, options: LoadOptions = {}, needs: readonly ProbeName[] = []): Case =>
    withGuest(`${abi}: ${what}`, guest, body, { functions, ...options }, needs);
  return [
    loaded("JSON goes in and comes out", async (plugin) => {
      equal(await plugin.call("echo", { a: [1, "é", null] }, { as: "json" }), { a: [1, "é", null] });
      equal(await plugin.call("echo", [1, 2], { as: "json" }), [1, 2]);
      equal(await plugin.call("echo", 7, { as: "json" }), 7);
      await fails("invalid_json", plugin.call("echo", "{", { as: "json" }));
      const loop: Record<string, never> = {};
      (loop as Record<string, unknown>)["loop"] = loop;
      await fails("bad_input", plugin.call("echo", loop));
    }),
    loaded("views of a larger buffer are taken as views, and never written to", async (plugin) => {
      const buffer = new Uint8Array(64).fill(7);
      const view = buffer.subarray(10, 14);
      view.set([97, 98, 99, 100]);
      const before = buffer.slice();
      equal(await plugin.call("upper", view, { as: "text" }), "ABCD");
      equal(await plugin.call("upper", new DataView(buffer.buffer, 10, 4), { as: "text" }), "ABCD");
      equal(await plugin.call("upper", buffer.buffer.slice(10, 14), { as: "text" }), "ABCD");
      equal(buffer, before, "the caller's array");
      const { Buffer } = globalThis as unknown as { Buffer?: { from(text: string): Uint8Array } };
      if (Buffer) {
        const pooled = Buffer.from("a".repeat(3000));
        equal(await plugin.call("upper", pooled, { as: "text" }), "A".repeat(3000), "a view of Node's shared pool");
        equal(pooled.length, 3000);
        equal(pooled[0], 97);
      }
      const large = new Uint8Array(100_000).fill(97);
      await plugin.call("upper", large);
      equal(large.length, 100_000, "the caller's array is not detached");
      equal(large[5], 97);
    }),
    loaded("into the caller's buffer", async (plugin) => {
      const into = new Uint8Array(8);
      equal(await plugin.call("echo", "abc", { into }), 3);
      equal(into, new Uint8Array([97, 98, 99, 0, 0, 0, 0, 0]));
      const error = await fails("output_too_small", plugin.call("echo", "123456789", { into }));
      equal(error.details["needed"], 9);
      equal(into[0], 97, "nothing was written");
      equal(await plugin.call("echo", "12345678", { into }), 8);
    }),
    loaded("a borrowed view", async (plugin) => {
      equal(await plugin.call("echo", "abc", { borrow: (view) => view.reduce((sum, byte) => sum + byte, 0) }), 294);
      let thrown: unknown;
      await plugin.call("echo", "abc", { borrow: () => { throw new Error("mine"); } }).catch((error: unknown) => (thrown = error));
      ok(thrown instanceof Error && thrown.message === "mine" && !isIsopodError(thrown), "the caller's own error comes out as it is");
      equal(await plugin.call("echo", "next", { as: "text" }), "next");
    }),
    loaded("callMany keeps the order, and one failure names its input", async (plugin) => {
      const inputs = Array.from({ length: 100 }, (_value, index) => `item ${index}`);
      equal(await plugin.callMany("upper", inputs, { as: "text" }), inputs.map((text) => text.toUpperCase()));
      equal(await plugin.callMany("echo", [new Uint8Array([1]), "b", { c: 1 }]), [new Uint8Array([1]), encode("b"), encode('{"c":1}')]);
      equal(await plugin.callMany("echo", []), []);
      const error = await fails("bad_input", plugin.callMany("echo", ["a", "b", Symbol("no") as never]));
      ok(error.message.length > 0, "a message");
      equal(await plugin.callMany("echo", ["x"], { as: "text" }), ["x"]);
    }),
    loaded("invalid UTF-8 where text is asked for", async (plugin) => {
      await fails("invalid_utf8", plugin.call("badutf8", "", { as: "text" }));
      await fails("invalid_utf8", plugin.call("badutf8", "", { as: "json" }));
      equal(await plugin.call("badutf8"), new Uint8Array([0xff, 0xfe, 0x41]));
    }),
    loaded("a byte order mark and NUL are characters like any other", async (plugin) => {
      equal(await plugin.call("echo", "\ufeffa\u0000b", { as: "text" }), "\ufeffa\u0000b");
      equal(await plugin.call("echo", "\ud800", { as: "text" }), "\ufffd", "a lone surrogate");
    }),
    loaded("a pointer outside the guest's memory", async (plugin) => {
      const error = await fails(abi === "extism" ? "out_of_bounds" : "out_of_bounds", plugin.call("oob"));
      equal(error.fault, "plugin");
      equal(await plugin.call("echo", "next", { as: "text" }), "next");
    }),
    loaded("memory that grows", async (plugin) => {
      for (const text of ["one", "two", "three"]) equal(await plugin.call("grow", text, { as: "text" }), text);
      equal((await plugin.call("big", "300000")).length, 300_000);
    }),
    loaded("standard streams, arguments and environment", async (plugin) => {
      equal(await plugin.call("stdin", "", { as: "text" }), "0");
      equal(await plugin.call("env", "", { as: "text" }), "0 0");
    }),
    loaded("clock and random are fixed without a grant", async (plugin) => {
      const first = [await plugin.call("clock", "", { as: "text" }), await plugin.call("random", "", { as: "text" })];
      const second = [await plugin.call("clock", "", { as: "text" }), await plugin.call("random", "", { as: "text" })];
      equal(first, second);
      const bytes = new Uint8Array(8);
      seededRandom(new Scope()).fill(bytes);
      equal(first, ["1640995200000000000", [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")]);
    }),
    loaded("clock and random are real with one", async (plugin) => {
      const clock = Number(await plugin.call("clock", "", { as: "text" })) / 1e6;
      ok(Math.abs(clock - Date.now()) < 60_000, `a real clock, not ${clock}`);
      ok((await plugin.call("random", "", { as: "text" })) !== (await plugin.call("random", "", { as: "text" })), "real random bytes");
    }, { grants: { clock: true, random: true } }),
    loaded("proc_exit ends the call, not the host", async (plugin) => {
      const error = await fails("exit", plugin.call("exit", "3"));
      equal(error.details["code"], 3);
      equal(await plugin.call("echo", "next", { as: "text" }), "next");
    }),
    {
      name: `${abi}: what the guest logs reaches the sink`,
      run: async (ground) => {
        const lines: string[] = [];
        const host = ground.host();
        try {
          const plugin = await host.load(await ground.guest(guest), reachable({ functions, log: ({ message }) => void lines.push(message) }, [], ground));
          await plugin.call("log", "hello log");
          await plugin.call("echo");
          equal(lines, ["hello log"]);
        } finally {
          await host.dispose();
        }
      },
    },
    loaded("callSync answers at once where it can", async (plugin) => {
      equal(plugin.callSync("upper", "abc", { as: "text" }), "ABC");
      await fails("trap", () => plugin.callSync("trap"));
      const into = new Uint8Array(3);
      equal(plugin.callSync("echo", "abc", { into }), 3);
    }, {}, ["sync"]),
  ];
}

export const byteAbis: readonly Case[] = ABIS.flatMap((abi) => [...LANGUAGES.flatMap((language) => basics(abi, language)), ...fine(abi)]);
