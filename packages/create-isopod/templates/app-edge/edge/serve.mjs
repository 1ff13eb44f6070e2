// Runs dist/worker.js in workerd; with --once it prints one answer and ends.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";

const once = process.argv.includes("--once");
const dist = fileURLToPath(new URL("dist", import.meta.url));
const wasm = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith(".wasm"));
const miniflare = new Miniflare({
  modulesRoot: dist,
  modules: [{ type: "ESModule", path: join(dist, "worker.js") }, ...wasm.map((name) => ({ type: "CompiledWasm", path: join(dist, name) }))],
  compatibilityDate: "2026-04-01",
  host: "127.0.0.1",
  port: once ? 0 : 8787,
});
const address = await miniflare.ready;
const answer = await fetch(new URL("/?title=Hello,%20World!", address));
console.log(await answer.text());
if (once) await miniflare.dispose();
else console.log(`${address}?title=Your%20title (Ctrl-C ends it)`);
