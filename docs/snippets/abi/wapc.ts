import { createHost, type FunctionCall } from "@isopod/node";

const host = createHost();
// #region wapc
const plugin = await host.load("./wapc.wasm", {
  functions: {
    // The guest's namespace and operation; its binding comes with the facts of the call.
    test: {
      reverse: (bytes: Uint8Array, { binding }: FunctionCall) => (binding === "b" ? bytes.reverse() : bytes),
    },
  },
});
console.log(await plugin.call("upper", "hello", { as: "text" })); // HELLO
console.log(await plugin.call("host", "hello", { as: "text" })); // olleh
// #endregion wapc
await host.dispose();
