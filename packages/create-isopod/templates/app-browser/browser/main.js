import { createHost } from "@isopod/browser";
import slugify from "../plugin/slugify.wasm?plugin";

const plugin = await createHost().load(slugify.source, slugify.options);
const input = document.querySelector("input");
const output = document.querySelector("output");

async function show() {
  output.value = await plugin.call("slugify", input.value, { as: "text" });
}
input.addEventListener("input", show);
await show();
