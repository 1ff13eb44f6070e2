import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

const START_MS = 30_000;

/**
 * Starts workerd with workerd/worker.ts and one plugin in it.
 *
 * @param {Uint8Array} plugin
 * @returns {Promise<{ url: URL, stop(): Promise<void> }>}
 */
export async function startWorkerd(plugin) {
  const { script, wasm } = await bundle();
  const modules = [
    { type: "ESModule", path: "worker.mjs", contents: script },
    { type: "CompiledWasm", path: "plugin.wasm", contents: plugin },
    { type: "Data", path: "plugin.bin", contents: plugin },
    ...wasm,
  ];
  const miniflare = new Miniflare({
    modules: /** @type {any} */ (modules),
    compatibilityDate: "2026-04-01",
    workerLoaders: { LOADER: {} },
    host: "127.0.0.1",
    port: 0,
  });
  const stop = () => miniflare.dispose();
  try {
    return { url: await within(START_MS, miniflare.ready), stop };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

/** One script, and beside it the `.wasm` that packages import: workerd compiles those itself. */
async function bundle() {
  /** @type {{ type: string, path: string, contents: Uint8Array }[]} */
  const wasm = [];
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./worker.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:*", "./plugin.bin"],
    logLevel: "silent",
    plugins: [
      {
        name: "wasm",
        setup({ onResolve }) {
          onResolve({ filter: /^\..*\.wasm$/ }, async ({ path, resolveDir }) => {
            if (path === "./plugin.wasm") return { path, external: true };
            const name = `import-${basename(path)}`;
            wasm.push({ type: "CompiledWasm", path: name, contents: await readFile(join(resolveDir, path)) });
            return { path: `./${name}`, external: true };
          });
        },
      },
    ],
  });
  return { script: outputFiles[0]?.text ?? "", wasm };
}

/**
 * @template T
 * @param {number} ms
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
async function within(ms, promise) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`workerd did not start within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([promise, /** @type {Promise<never>} */ (late)]);
  } finally {
    clearTimeout(timer);
  }
}
