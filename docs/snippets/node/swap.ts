import { createHost } from "@isopod/node";

// #region swap
const host = createHost();
const plugin = await host.load("./slugify.wasm");
const health = async (next: typeof plugin) => void (await next.call("slugify", "Ä"));
const refused = await plugin.swap("./hangs.wasm", { health }).catch((error) => error.code);
console.log(refused); // guest_error
console.log(await plugin.call("slugify", "Grüße", { as: "text" })); // gruesse
await plugin.swap("./slugify.wasm", { health }); // from here on the new one answers
console.log(await plugin.call("slugify", "Grüße", { as: "text" })); // gruesse
// #endregion swap
await host.dispose();
