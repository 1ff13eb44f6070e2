import { createHost } from "@isopod/browser";

// #region url
const host = createHost();
const functions = new URL("./functions.js", location.href);
const greeter = await host.load("/greeter.wasm", { functions });
console.log(await greeter.call("greet", "Ada", { as: "text" })); // Hello, adA!
// #endregion url
