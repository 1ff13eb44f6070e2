// --debug: with the names of its functions, so that a trap says in which it was.
import { readFile, writeFile } from "node:fs/promises";
import wabt from "wabt";

const file = (name) => new URL(name, import.meta.url);
const { parseWat } = await wabt();
const module = parseWat("slugify.wat", await readFile(file("slugify.wat"), "utf8"));
module.validate();
await writeFile(file("slugify.wasm"), module.toBinary({ write_debug_names: process.argv.includes("--debug") }).buffer);
