import { typed } from "../../capability/functions.ts";
import type { Input, ManyOptions } from "../../contract/operations.ts";
import { IsopodError, type Code } from "../../errors.ts";
import { equal, fails, ok, sleep } from "../assert.ts";
import type { Case, Ground } from "../ground.ts";
import { NAMESPACE, withGuest } from "./byte-abis.ts";

const abis = ["packed", "extism", "wapc"] as const;

const reverse = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse();

export const hostFunctions: readonly Case[] = abis.flatMap((abi): Case[] => {
  const guest = `${abi}-c`;
  const given = (run: (...args: never[]) => unknown): { functions: Record<string, Record<string, typeof run>> } => ({ functions: { [NAMESPACE[abi]]: { reverse: run } } });
  const failure = abi === "wapc" ? "guest_error" : "host_function";
  return [
    withGuest(`${abi}: an asynchronous host function`, guest, async (plugin) => {
      equal(await plugin.call("host", "stressed", { as: "text" }), "desserts");
      equal(await plugin.callMany("host", ["ab", "cd"], { as: "text" }), ["ba", "dc"]);
      await fails("unsupported", () => plugin.callSync("host", "x"));
    }, given(async (bytes: Uint8Array) => { await sleep(2); return reverse(bytes); }), ["hostFunctions", "wait"]),
    withGuest(`${abi}: a host function that throws, and the next call works`, guest, async (plugin) => {
      for (let count = 0; count < 3; count++) {
        const error = await fails(failure, plugin.call("host", "x"));
        let root: unknown = error;
        while ((root as Error).cause) root = (root as Error).cause;
        ok((root as Error).message.includes("kaput"), `the cause is kept: ${String(root)}`);
      }
      equal(await plugin.call("echo", "next", { as: "text" }), "next");
    }, given(() => { throw new TypeError("kaput"); }), ["hostFunctions"]),
    withGuest(`${abi}: an asynchronous host function that rejects`, guest, async (plugin) => {
      await fails(failure, plugin.call("host", "x"));
      equal(await plugin.call("echo", "next", { as: "text" }), "next");
    }, given(async () => { await sleep(1); throw new Error("kaput"); }), ["hostFunctions", "wait"]),
    withGuest(`${abi}: a long reply, text, JSON and nothing`, guest, async (plugin) => {
      const replies: Record<string, unknown> = { long: "x".repeat(200_000), text: "é", json: { a: 1 }, none: undefined };
      equal((await plugin.call("host", "long", { as: "text" })).length, 200_000);
      equal(await plugin.call("host", "text", { as: "text" }), replies["text"]);
      equal(await plugin.call("host", "json", { as: "json" }), replies["json"]);
      equal(await plugin.call("host", "none", { as: "text" }), "");
      equal(await plugin.call("host", "date", { as: "text" }), '"1970-01-01T00:00:00.000Z"', "JSON, and so in quotes");
    }, given((bytes: Uint8Array) => ({ long: "x".repeat(200_000), text: "é", json: { a: 1, f: () => 1 }, none: undefined, date: new Date(0) })[new TextDecoder().decode(bytes)]), ["hostFunctions"]),
    withGuest(`${abi}: of a batch the first failure is told, whoever finds it`, guest, async (plugin) => {
      const told = async (code: Code, index: number, inputs: readonly Input[], as: "text" | "json" | "bytes"): Promise<void> => {
        equal((await fails(code, plugin.callMany("host", inputs, { as } as ManyOptions & { as: "bytes" }))).details["index"], index);
      };
      await told("invalid_utf8", 1, ["fine", "no UTF-8", "throws"], "text");
      await told("invalid_utf8", 1, ["fine", "no UTF-8", "throws"], "json");
      await told("invalid_json", 0, ["no JSON", "throws"], "json");
      await told(failure, 1, ["no JSON", "throws", "no UTF-8"], "text");
      await told(failure, 2, ["no JSON", "no UTF-8", "throws"], "bytes");
      equal(await plugin.callMany("host", ["fine", "fine"], { as: "json" }), [1, 1]);
    }, given((bytes: Uint8Array) => {
      const wanted = new TextDecoder().decode(bytes);
      if (wanted === "throws") throw new Error("kaput");
      return wanted === "no UTF-8" ? new Uint8Array([0xff]) : wanted === "no JSON" ? "{" : "1";
    }), ["hostFunctions"]),
    withGuest(`${abi}: parallel calls each see their own context`, guest, async (plugin) => {
      const names = Array.from({ length: 12 }, (_value, index) => `user ${index}`);
      equal(await Promise.all(names.map((context) => plugin.call("host", "who", { as: "text", context }))), names);
      equal(await plugin.call("host", "who", { as: "text" }), "nobody");
    }, given(async (_bytes: Uint8Array, { context }: { context: string | undefined }) => {
      await sleep(Math.random() * 5);
      return context ?? "nobody";
    }), ["hostFunctions", "wait"]),
    withGuest(`${abi}: the context of a synchronous host function`, guest, async (plugin) => {
      const names = ["a", "b", "c", "d"];
      equal(await Promise.all(names.map((context) => plugin.call("host", "who", { as: "text", context }))), names);
    }, given((_bytes: Uint8Array, { context }: { context: string }) => context), ["hostFunctions"]),
    {
      name: `${abi}: host functions as a module that the guest's own thread imports`,
      needs: ["moduleFunctions"],
      run: async (ground: Ground) => {
        const host = ground.host();
        try {
          const plugin = await host.load(await ground.guest(guest), { functions: ground.functionsUrl! });
          equal(await plugin.call("host", "stressed", { as: "text" }), "desserts");
          await fails("bad_source", host.load(await ground.guest(guest), { functions: new URL("./not-there.mjs", ground.functionsUrl!.href) }));
        } finally {
          await host.dispose();
        }
      },
    },
  ];
}).concat([
  withGuest("extism: typed() spells the shapes out", "extism-c", async (plugin) => {
    equal(await plugin.call("host", "abc", { as: "text" }), "string:abc");
  }, { functions: { "extism:host/user": { reverse: typed(["text"], "text", (text: unknown) => `${typeof text}:${String(text)}`) } } }, ["hostFunctions"]),
  withGuest("an instance that any error left half way through is not used again", "packed-c", async (plugin) => {
    equal(await plugin.call("count", "", { as: "text" }), "1");
    equal(await plugin.call("count", "", { as: "text" }), "2");
    await fails("overloaded", plugin.call("host", "x"));
    equal(await plugin.call("count", "", { as: "text" }), "1", "a fresh instance");
  }, { functions: { env: { reverse: () => { throw new IsopodError("overloaded", "a plugin that this one leans on has no room"); } } }, limits: { concurrency: 1 } }, ["hostFunctions"]),
  withGuest("a promise from a function that is not async is refused, in words", "packed-c", async (plugin) => {
    const error = await fails("unsupported", plugin.call("host", "x"));
    ok(error.message.includes("async"), error.message);
    equal(await plugin.call("echo", "next", { as: "text" }), "next");
  }, { functions: { env: { reverse: (bytes: Uint8Array) => Promise.resolve(bytes) } } }, ["hostFunctions"]),
]);
