import { createHost } from "@isopod/browser";

// #region inline
// In the page's own thread: only for a plugin you know.
const host = createHost({ isolation: "inline" });
const slugify = await host.load("/slugify.wasm");
console.log(slugify.callSync("slugify", "Grüße", { as: "text" })); // gruesse
// #endregion inline
