import { createHost } from "@isopod/browser";
// #region swapped
import plugin, { subscribe } from "./slugify.wasm?plugin";

const host = createHost();
let slugify = await host.load(plugin.source, plugin.options);

// Vite's development server calls back when the file has changed; builds never do.
const end = subscribe(async (plugin) => {
  const before = slugify;
  slugify = await host.load(plugin.source, plugin.options);
  await before.dispose();
});
import.meta.hot?.dispose(end); // this module may change as well
// #endregion swapped
console.log(await slugify.call("slugify", "Grüße", { as: "text" })); // gruesse
