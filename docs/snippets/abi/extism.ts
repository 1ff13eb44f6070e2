import { createHost, typed } from "@isopod/node";

const host = createHost();
// #region extism
const plugin = await host.load("./extism.wasm", {
  config: { greeting: "hello" },
  functions: {
    // An i64 may be a block or a number; `typed` says which, and in what shape it comes.
    "extism:host/user": {
      reverse: typed(["text"], "text", (text: string) => [...text].reverse().join("")),
    },
  },
});
console.log(await plugin.call("upper", "hello", { as: "text" })); // HELLO
console.log(await plugin.call("host", "Größe", { as: "text" })); // eßörG
console.log(await plugin.call("config", "greeting", { as: "text" })); // hello
// #endregion extism
await host.dispose();
