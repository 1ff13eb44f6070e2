import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * @typedef {{ type: "ESModule" | "CompiledWasm" | "Data", path: string, contents: string | Uint8Array }} Module
 */

/**
 * A worker as one script, and the `.wasm` files that packages import: workerd compiles those itself. `worker.ts` has one
 * plugin, twice (compiled, and as data); `berth.ts` and `shop.ts` have none, and are sent them.
 *
 * @param {string} entry
 * @param {Uint8Array} [plugin]
 * @returns {Promise<Module[]>} the script first
 */
export async function bundle(entry, plugin) {
  /** @type {Module[]} */
  const wasm = [];
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
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
  return [
    { type: "ESModule", path: "worker.mjs", contents: outputFiles[0]?.text ?? "" },
    .../** @type {Module[]} */ (plugin ? [{ type: "CompiledWasm", path: "plugin.wasm", contents: plugin }, { type: "Data", path: "plugin.bin", contents: plugin }] : []),
    ...wasm,
  ];
}
