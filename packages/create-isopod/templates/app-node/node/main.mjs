// node node/main.mjs "Some title"
import { createHost } from "@isopod/node";

const title = process.argv[2] ?? "Hello, World!";
const host = createHost();
const plugin = await host.load(new URL("../plugin/slugify.wasm", import.meta.url));
console.log(await plugin.call("slugify", title, { as: "text" }));
await host.dispose();
