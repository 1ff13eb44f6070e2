// After tsc: what `isopod test` runs in workerd and Chromium, each as one script, so that users need no bundler.
import { basename, join } from "node:path";
import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const inside = fileURLToPath(new URL("dist/test/inside/", import.meta.url));
const bundled = join(inside, "bundled");
const options = { bundle: true, format: "esm", target: "es2022", minify: true, outdir: bundled, logLevel: "warning" };
await mkdir(bundled, { recursive: true });

await build({ ...options, entryPoints: [join(inside, "page.js"), join(inside, "worker.js")], conditions: ["browser"] });
await build({
  ...options,
  entryPoints: [join(inside, "workerd.js")],
  conditions: ["workerd", "worker"],
  external: ["cloudflare:*", "./host-functions.js"],
  plugins: [
    {
      name: "wasm",
      setup({ onResolve }) {
        // workerd compiles these itself, by the names they have beside the script.
        onResolve({ filter: /\.wasm$/ }, async ({ path, resolveDir }) => {
          const name = basename(path);
          if (name !== "plugin.wasm") await copyFile(join(resolveDir, path), join(bundled, name));
          return { path: `./${name}`, external: true };
        });
      },
    },
  ],
});
