import { createHost } from "@isopod/node";

const host = createHost();
// #region packed
const plugin = await host.load("./packed.wasm", {
  functions: { env: { reverse: (bytes: Uint8Array) => bytes.slice().reverse() } },
});
console.log(await plugin.call("upper", "hello", { as: "text" })); // HELLO
console.log(await plugin.call("host", "hello", { as: "text" })); // olleh
// #endregion packed
await host.dispose();
