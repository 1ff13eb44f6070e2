// #region bundled
import { createHost } from "@isopod/browser";
import plugin from "./slugify.wasm?plugin";

const host = createHost();
const slugify = await host.load(plugin.source, plugin.options);
console.log(await slugify.call("slugify", "Grüße", { as: "text" })); // gruesse
// #endregion bundled
console.log(plugin.digest.slice(0, 7), plugin.size); // sha256- 6944
