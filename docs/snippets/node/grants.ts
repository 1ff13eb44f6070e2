import { createHost } from "@isopod/node";

const host = createHost();
// #region grants
const greeter = await host.load("./greeter.wasm", {
  config: { greeting: "Good day" },
  log: ({ level, message }) => void (level === "info" && console.log(message)), // greeting adA
  functions: {
    "extism:host/user": { reverse: (name: Uint8Array) => name.slice().reverse() },
  },
});
console.log(await greeter.call("greet", "Ada", { as: "text" })); // Good day, adA!
// #endregion grants

// #region missing
const refused = await host.load("./greeter.wasm").catch((error) => error);
console.log(refused.code); // missing_import
// #endregion missing
await host.dispose();
