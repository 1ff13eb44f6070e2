// `serve.mjs <script> <start as JSON>`: a script in an Edge VM of this process, which reads `start` and gives its events to `tell`.
import { readFile } from "node:fs/promises";
import { EdgeVM } from "@edge-runtime/vm";

const [script, start] = process.argv.slice(2);
process.once("disconnect", () => process.exit());

const vm = new EdgeVM();
vm.context.start = start;
vm.context.tell = (event) => new Promise((resolve) => process.send(JSON.parse(event), resolve));
vm.evaluate(await readFile(script, "utf8"));
