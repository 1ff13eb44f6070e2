import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";

const dist = fileURLToPath(new URL("dist", import.meta.url));
const wasm = (await readdir(dist)).filter((name) => name.endsWith(".wasm"));
new Miniflare({
  modulesRoot: dist,
  modules: [{ type: "ESModule", path: join(dist, "index.js") }, ...wasm.map((name) => ({ type: "CompiledWasm", path: join(dist, name) }))],
  compatibilityDate: "2026-04-01",
  host: "127.0.0.1",
  port: Number(process.env.PORT ?? 8787),
});
