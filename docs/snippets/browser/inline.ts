import { createHost } from "@isopod/browser";

// #region inline
const host = createHost({ isolation: "inline" }); // in the page's own thread: only for a plugin you know
const slugify = await host.load("/slugify.wasm");
console.log(slugify.callSync("slugify", "Grüße", { as: "text" })); // gruesse
// #endregion inline
