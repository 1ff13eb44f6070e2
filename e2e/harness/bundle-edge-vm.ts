import { readFile } from "node:fs/promises";
import { build, type Plugin } from "esbuild";
import { common, file } from "./bundle.ts";
import { paths } from "./paths.ts";

/** An Edge VM runs one script: everything in it, the `edge-light` side of packages, and `.wasm` imports as compiled modules. */
export async function bundleEdgeVm(): Promise<void> {
  await build({
    ...common,
    format: "iife",
    conditions: ["edge-light"],
    plugins: [compiledWasm],
    entryPoints: { suite: file("edge-vm/suite.ts"), app: file("app/vm.ts") },
    outdir: file("", paths.edgeVm),
  });
}

const compiledWasm: Plugin = {
  name: "wasm",
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm$/ }, async ({ path }) => {
      const bytes = JSON.stringify(await readFile(path, "base64"));
      return { contents: `export default new WebAssembly.Module(Uint8Array.from(atob(${bytes}), (char) => char.charCodeAt(0)));` };
    });
  },
};
