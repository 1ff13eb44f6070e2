import { createHost } from "@isopod/browser";

// #region policy
const host = createHost();
const slugify = await host.load("/slugify.wasm"); // in a worker, from a file of this site
console.log(await slugify.call("slugify", "Strictly", { as: "text" })); // strictly
console.log(crossOriginIsolated); // false
// #endregion policy
