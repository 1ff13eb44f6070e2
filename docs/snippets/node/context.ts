import { createHost, type FunctionCall } from "@isopod/node";

const host = createHost();
// #region context
interface Visitor {
  name: string;
}
const greeter = await host.load("./greeter.wasm", {
  functions: {
    "extism:host/user": {
      async reverse(_name: Uint8Array, { context }: FunctionCall) {
        return (context as Visitor).name.toUpperCase();
      },
    },
  },
});
// Both at once: each function sees the context of the call that reached it.
const visitors: Visitor[] = [{ name: "Ada" }, { name: "Grace" }];
const greet = (context: Visitor) => greeter.call("greet", "?", { as: "text", context });
console.log((await Promise.all(visitors.map(greet))).join(" ")); // Hello, ADA! Hello, GRACE!
// #endregion context
await host.dispose();
