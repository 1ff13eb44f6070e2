import { createHost } from "@isopod/browser";

const host = createHost();
const plugin = await host.load("/slugify.wasm");
console.log(await plugin.call("slugify", "Grüße aus Köln", { as: "text" })); // gruesse-aus-koeln
