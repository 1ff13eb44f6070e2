// node run.mjs [--port 8080] [--rules plugin/rules.ts]: builds the three, serves them, and publishes the rules whenever they are saved.
import { execFile } from "node:child_process";
import { watchFile } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import isopod from "@isopod/build/esbuild";
import { build as bundle } from "esbuild";
import { Miniflare } from "miniflare";
import { build as buildPage } from "vite";

const { values } = parseArgs({ options: { port: { type: "string", default: "8080" }, rules: { type: "string" } } });
const here = fileURLToPath(new URL(".", import.meta.url));
const source = values.rules === undefined ? join(here, "plugin/rules.ts") : resolve(values.rules);
const dist = join(here, "dist");

/** @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function compile() {
  const out = join(dist, "rules.wasm");
  const flags = ["-O", "--runtime", "minimal", "--transform", "@isopod/sdk-assemblyscript", "--lib", join(here, "node_modules/@isopod/sdk-assemblyscript/lib")];
  await promisify(execFile)(process.execPath, [join(here, "node_modules/assemblyscript/bin/asc.js"), source, "--outFile", out, ...flags], { cwd: here });
  return new Uint8Array(await readFile(out));
}

const common = { bundle: true, format: /** @type {const} */ ("esm"), target: "es2022", logLevel: /** @type {const} */ ("warning"), absWorkingDir: here };
await Promise.all([
  buildPage({ root: here, configFile: false, logLevel: "error", build: { outDir: join(dist, "page"), target: "es2022" } }),
  bundle({ ...common, entryPoints: ["edge.ts"], outdir: join(dist, "edge"), conditions: ["workerd", "worker"], plugins: [isopod()] }),
  bundle({ ...common, entryPoints: ["server.ts"], outdir: dist, platform: "node", packages: "external" }),
]);

const edge = join(dist, "edge");
const wasm = (await readdir(edge, { recursive: true })).filter((name) => name.endsWith(".wasm"));
const miniflare = new Miniflare({
  modulesRoot: edge,
  modules: [{ type: "ESModule", path: join(edge, "edge.js") }, ...wasm.map((name) => ({ type: /** @type {const} */ ("CompiledWasm"), path: join(edge, name) }))],
  compatibilityDate: "2026-04-01",
  workerLoaders: { LOADER: {} },
  kvNamespaces: ["RULES"],
  host: "127.0.0.1",
  port: 0,
});

/** @type {typeof import("./server.ts")} */
const { shop } = await import(new URL("dist/server.js", import.meta.url).href);
const { server, publish, close } = shop(join(dist, "page"), await miniflare.ready);

/** Everywhere, or nowhere: what does not compile, or load in Node, is published to nobody. */
async function follow() {
  const rules = await compile();
  /** @type {any} its types are those of an older workerd */
  const namespace = await miniflare.getKVNamespace("RULES");
  const digest = await publish(rules, () => namespace.put("rules", rules.buffer));
  console.log(`rules ${digest}`);
}

await follow();
server.listen(Number(values.port), "127.0.0.1", () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  console.log(`http://127.0.0.1:${port}/ (change ${source} and save it; Ctrl-C ends this)`);
});
watchFile(source, { interval: 200 }, () => void follow().catch((error) => console.error(error.stderr || error.message)));

async function end() {
  server.closeAllConnections();
  server.close();
  await Promise.allSettled([miniflare.dispose(), close()]);
  process.exit();
}
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void end());
