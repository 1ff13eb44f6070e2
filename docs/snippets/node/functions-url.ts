import { createHost } from "@isopod/node";

const host = createHost();
// #region url
const functions = new URL("./functions.js", import.meta.url);
const greeter = await host.load("./greeter.wasm", { functions });
console.log(await greeter.call("greet", "Ada", { as: "text" })); // Hello, adA!
// #endregion url
await host.dispose();
