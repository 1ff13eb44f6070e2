import { equal, fails, ok } from "../assert.ts";
import type { Case } from "../ground.ts";
import { withGuest } from "./byte-abis.ts";

const reverse = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse();

/** Plugins built with other people's kits, exactly as those build them. */
export const kits: readonly Case[] = [
  withGuest("kit @extism/as-pdk", "kit-extism-as", async (plugin) => {
    equal(plugin.info.abi, "extism");
    equal(await plugin.call("echo", "hello", { as: "text" }), "hello");
    equal(await plugin.call("upper", "hello", { as: "text" }), "HELLO");
    equal([await plugin.call("count", "", { as: "text" }), await plugin.call("count", "", { as: "text" })], ["1", "2"]);
    equal(await plugin.call("config", "key", { as: "text" }), "value");
    equal(await plugin.call("host", "stressed", { as: "text" }), "desserts");
    const error = await fails("guest_error", plugin.call("fail", "the kit says so"));
    ok(error.message.includes("the kit says so"), error.message);
  }, { functions: { "extism:host/user": { reverse } }, config: { key: "value" } }),
  withGuest("kit @wapc/as-guest", "kit-wapc-as", async (plugin) => {
    equal(plugin.info.abi, "wapc");
    equal(await plugin.call("echo", "hello", { as: "text" }), "hello");
    equal(await plugin.call("upper", "hello", { as: "text" }), "HELLO");
    equal(await plugin.call("host", "stressed", { as: "text" }), "desserts");
    await fails("guest_error", plugin.call("fail", "the kit says so")).catch(() => fails("trap", plugin.call("fail", "the kit says so")));
    equal(await plugin.call("echo", "next", { as: "text" }), "next");
  }, { functions: { test: { reverse } } }),
  {
    name: "kit @solo-io/proxy-runtime: recognised, by what it exports",
    needs: [],
    run: async (ground) => {
      const host = ground.host();
      try {
        const error = await fails("unsupported", host.load(await ground.guest("kit-proxy-wasm-as")));
        equal(error.details, { abi: "proxy-wasm", reason: "exports proxy_abi_version_0_2_0" }, "details");
        ok(error.message.includes("proxy-wasm filter") && error.message.includes("not supported yet"), error.message);
      } finally {
        await host.dispose();
      }
    },
  },
];
