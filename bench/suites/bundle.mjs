/**
 * Bundles: what a browser has to download, minified by esbuild and compressed by gzip. Run alone it ends with code 1
 * where one of Isopod's bundles is over its ceiling or holds what it must not.
 */
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { choose } from "../harness/only.mjs";

/** Bytes of a KB in the ceilings: the strict reading. */
const KB = 1000;

const HOST = `import { createHost, inlineHere, packed } from "@isopod/browser/lean";
globalThis.host = createHost({ abis: [packed()], isolations: [inlineHere()] });`;

const LIMITED_HOST = `import { createHost, inlineHere, inlineLimits as limits, packed } from "@isopod/browser/lean";
globalThis.host = createHost({ abis: [packed()], isolations: [inlineHere()], limits });`;

const WORKER_HOST = `import { createHost, inWorkers, packed } from "@isopod/browser/lean";
const worker = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
globalThis.host = createHost({ abis: [packed()], isolations: [inWorkers(worker)] });`;

const WORKER = `import { packed, serve } from "@isopod/browser/lean";
serve([packed()]);`;

const FULL = 'import { createHost } from "@isopod/browser"; globalThis.host = createHost();';

/** What no bundle of the ABI packed may hold: the names that other ABIs import. */
const OTHER_ABIS = ["extism:host/env", "__guest_request"];

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {Record<string, string>} files scripts that are downloaded, by name; what they share counts once
 * @property {number} [ceiling] bytes, gzip
 * @property {string[]} [absent] names that must not appear
 */

/**
 * A page's ceilings are its targets, but for the one with limits, which is to come down to 12. The last one is where a page and the script of its workers stand together, so that
 * they cannot grow unseen.
 *
 * @type {Entry[]}
 */
const ENTRIES = [
  { name: "isopod packed inline", files: { main: HOST }, ceiling: 8 * KB, absent: [...OTHER_ABIS, "comlink", "new Worker"] },
  { name: "isopod packed inline, limited", files: { main: LIMITED_HOST }, ceiling: 23.65 * KB, absent: [...OTHER_ABIS, "comlink", "new Worker"] },
  { name: "isopod packed with workers, page only", files: { main: WORKER_HOST }, ceiling: 12 * KB, absent: OTHER_ABIS },
  { name: "isopod packed with workers", files: { main: WORKER_HOST, worker: WORKER }, ceiling: 13.9 * KB, absent: OTHER_ABIS },
  { name: "isopod complete, page only", files: { main: FULL } },
  { name: "extism 1.0.3", files: { main: 'import { createPlugin } from "@extism/extism"; globalThis.make = createPlugin;' } },
  { name: "extism 2.0.0-rc13", files: { main: 'import { createPlugin } from "extism-rc13"; globalThis.make = createPlugin;' } },
  { name: "@wapc/host", files: { main: 'import { instantiate } from "@wapc/host"; globalThis.make = instantiate;' } },
  { name: "comlink", files: { main: 'import { wrap } from "comlink"; globalThis.wrap = wrap;' } },
];

async function measure(/** @type {Entry} */ { files, absent = [] }) {
  const { outputFiles } = await build({
    entryPoints: Object.keys(files).map((name) => ({ in: name, out: name })),
    plugins: [virtual(files)],
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    outdir: "out",
    write: false,
    logLevel: "silent",
  });
  const text = outputFiles.map((file) => file.text).join("\n");
  return {
    minified: outputFiles.reduce((sum, { contents }) => sum + contents.length, 0),
    gzip: outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0),
    forbidden: absent.filter((name) => text.includes(name)),
  };
}

/** Scripts that exist only here, and resolve packages as this folder does. @returns {import("esbuild").Plugin} */
function virtual(/** @type {Record<string, string>} */ files) {
  const resolveDir = fileURLToPath(new URL(".", import.meta.url));
  return {
    name: "virtual",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, kind }) => (kind === "entry-point" ? { path, namespace: "virtual" } : undefined));
      onLoad({ filter: /.*/, namespace: "virtual" }, ({ path }) => ({ contents: files[path], resolveDir }));
    },
  };
}

/**
 * Isopod's bundles against their ceilings, for tests.
 *
 * @returns {Promise<{ name: string, gzip: number, ceiling: number, forbidden: string[], ok: boolean }[]>}
 */
export async function checkBundles() {
  const checks = [];
  for (const entry of ENTRIES) {
    if (entry.ceiling === undefined) continue;
    const { gzip, forbidden } = await measure(entry);
    checks.push({ name: entry.name, gzip, ceiling: entry.ceiling, forbidden, ok: gzip <= entry.ceiling && forbidden.length === 0 });
  }
  return checks;
}

/** @returns {Promise<import("../harness/types.mjs").Result>} */
export async function bundle(
  /** @type {import("../harness/types.mjs").Options} */ { only },
  /** @type {(text: string) => void} */ progress,
) {
  /** @type {import("../harness/types.mjs").Result} */
  const result = { rows: [], skips: [] };
  for (const entry of choose(ENTRIES, only)) {
    progress(`bundle: ${entry.name}`);
    try {
      const { minified, gzip } = await measure(entry);
      const row = { suite: "bundle", contender: entry.name, unit: /** @type {const} */ ("bytes") };
      result.rows.push({ ...row, group: "minified", value: minified }, { ...row, group: "gzip", value: gzip });
    } catch (error) {
      result.skips.push({ suite: "bundle", contender: entry.name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return result;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const { name, gzip, ceiling, forbidden, ok } of await checkBundles()) {
    console.log(`${ok ? "ok  " : "MISS"} ${name}: ${gzip} of at most ${ceiling} bytes, gzip`);
    if (forbidden.length > 0) console.log(`     must not hold ${forbidden.join(", ")}`);
    if (!ok) process.exitCode = 1;
  }
}
