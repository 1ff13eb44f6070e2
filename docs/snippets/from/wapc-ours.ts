import { createHost } from "@isopod/node";

// #region ours
const host = createHost();
const plugin = await host.load("./by-wapc-kit.wasm", {
  functions: {
    test: { reverse: (payload: Uint8Array) => payload.slice().reverse() },
  },
});
console.log(await plugin.call("host", "hello", { as: "text" })); // olleh
await host.dispose();
// #endregion ours
