import { createHost } from "@isopod/node";

const host = createHost();
// #region component
const error = await host.load("./component.wasm").catch((error) => error);
console.log(error.code); // unsupported
console.log(error.message); // components do not run yet: build a core module
// #endregion component

// #region ours
const slugify = await host.load("./slugify.wasm"); // built from a function on text, by a kit
console.log(await slugify.call("slugify", "Grüße", { as: "text" })); // gruesse
// #endregion ours
await host.dispose();
