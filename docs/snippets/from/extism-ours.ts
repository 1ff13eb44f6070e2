import { createHost } from "@isopod/node";

// #region ours
const host = createHost();
const plugin = await host.load("./by-extism-kit.wasm", {
  config: { greeting: "hello" },
  functions: {
    "extism:host/user": { reverse: (bytes: Uint8Array) => bytes.reverse() },
  },
});
console.log(await plugin.call("host", "hello", { as: "text" })); // olleh
await host.dispose();
// #endregion ours
