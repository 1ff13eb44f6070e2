import { createHost } from "@isopod/node";

// #region sync
const host = createHost({ isolation: "inline" });
const slugify = await host.load("./slugify.wasm");
console.log(slugify.callSync("slugify", "Grüße", { as: "text" })); // gruesse
// #endregion sync
