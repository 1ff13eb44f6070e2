import { equal, fails, ok } from "../assert.ts";
import type { Case, Ground } from "../ground.ts";
import type { LoadOptions } from "../../options.ts";
import { withGuest } from "./byte-abis.ts";

const functions = { "extism:host/user": { reverse: (bytes: Uint8Array) => bytes.slice().reverse() } };

const variables = (name: string, options: LoadOptions, expected: readonly string[], concurrency = 4): Case =>
  withGuest(`extism: ${name}`, "extism-c", async (plugin) => {
    const answers: string[] = [];
    for (let count = 0; count < 3; count++) answers.push(await plugin.call("var", "", { as: "text" }));
    equal(answers, expected);
    equal(plugin.info.state, options.state ?? "plugin");
  }, { functions, limits: { concurrency }, ...options });

export const extismCases: readonly Case[] = [
  variables("variables belong to the plugin, not to an instance", {}, ["1", "2", "3"]),
  variables("with state none nothing survives a call", { state: "none" }, ["1", "1", "1"]),
  withGuest("extism: variables survive the instance that trapped", "extism-c", async (plugin) => {
    equal(await plugin.call("var", "", { as: "text" }), "1");
    await fails("trap", plugin.call("trap"));
    equal(await plugin.call("var", "", { as: "text" }), "2");
    equal(await Promise.all([1, 2, 3].map(() => plugin.call("var", "", { as: "text" }))), ["3", "4", "5"]);
  }, { functions }),
  withGuest("extism: variables survive the worker that was lost", "extism-c", async (plugin) => {
    equal(await plugin.call("var", "", { as: "text" }), "1");
    const controller = new AbortController();
    const stuck = plugin.call("spin", "", { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await fails("aborted", stuck);
    equal(await plugin.call("var", "", { as: "text" }), "2");
  }, { functions }, ["kill"]),
  withGuest("extism: config is what was given, and nothing else", "extism-c", async (plugin) => {
    equal(await plugin.call("config", "greeting", { as: "text" }), "hello");
    for (const name of ["missing", "__proto__", "constructor", "toString"]) equal(await plugin.call("config", name, { as: "text" }), "", name);
  }, { functions, config: { greeting: "hello" } }),
  withGuest("extism: http_request is refused without a grant", "extism-c", async (plugin) => {
    const error = await fails("denied", plugin.call("http", "https://example.com/"));
    ok(error.message.includes("grants"), error.message);
    equal(await plugin.call("echo", "next", { as: "text" }), "next");
  }, { functions }),
  withGuest("extism: a grant names hosts, and no others are asked", "extism-c", async (plugin) => {
    const error = await fails("denied", plugin.call("http", "http://127.0.0.1:9/"));
    equal(error.details["host"], "127.0.0.1:9");
    await fails("denied", plugin.call("http", "file:///etc/passwd"));
    await fails("denied", plugin.call("http", "not a url"));
  }, { functions, grants: { http: { hosts: ["api.example.com"] } } }, ["hostFunctions", "wait"]),
  {
    name: "extism: http_request with a grant",
    needs: ["hostFunctions", "wait", "fetch"],
    run: async (ground: Ground) => {
      const url = ground.url("extism-old")!;
      if (!url.startsWith("http")) return;
      const host = ground.host();
      try {
        const plugin = await host.load(await ground.guest("extism-c"), { functions, grants: { http: { hosts: [new URL(url).host] } } });
        const bytes = await ground.bytes("extism-old");
        equal(await plugin.call("http", url), bytes);
      } finally {
        await host.dispose();
      }
    },
  },
  {
    name: "extism: a main module and its companion",
    run: async (ground: Ground) => {
      const host = ground.host();
      try {
        const plugin = await host.load(await ground.guest("extism-linked-main"), { modules: { lib: await ground.guest("extism-linked-lib") } });
        equal(await plugin.call("upper", "linked", { as: "text" }), "LINKED");
        await fails("missing_import", host.load(await ground.guest("extism-linked-main")));
      } finally {
        await host.dispose();
      }
    },
  },
  withGuest("extism: the names before 1.0", "extism-old", async (plugin) => {
    equal(plugin.info.abi, "extism");
    equal(await plugin.call("echo", "old", { as: "text" }), "old");
    const error = await fails("guest_error", plugin.call("fail", "as before"));
    ok(error.message.includes("as before"), error.message);
    equal(await plugin.call("config", "k", { as: "text" }), "v");
    await plugin.call("last", "first");
    equal(await plugin.call("last", "second", { as: "text" }), "first");
  }, { config: { k: "v" } }),
  withGuest("extism: an operation that is not there leaves nothing behind", "extism-c", async (plugin) => {
    for (const op of ["", "nothing"]) await fails("missing_export", plugin.call(op));
    equal(await plugin.call("echo", "next", { as: "text" }), "next");
  }, { functions }),
];
