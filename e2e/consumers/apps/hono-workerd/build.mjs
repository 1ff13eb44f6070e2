import isopod from "@isopod/build/esbuild";
import { build } from "esbuild";

await build({
  entryPoints: ["src/index.js"],
  outdir: "dist",
  bundle: true,
  minify: true,
  sourcemap: true,
  format: "esm",
  target: "es2022",
  conditions: ["workerd", "worker", "browser"],
  external: ["cloudflare:*"],
  plugins: [isopod()],
});
