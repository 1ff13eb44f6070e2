import { cp } from "node:fs/promises";
import isopod from "@isopod/build/esbuild";
import * as esbuild from "esbuild";

await esbuild.build({
  entryPoints: ["src/app.js", "src/sw.js"],
  bundle: true,
  minify: true,
  sourcemap: true,
  format: "esm",
  outdir: "dist",
  plugins: [isopod()],
});
await cp("public", "dist", { recursive: true });
