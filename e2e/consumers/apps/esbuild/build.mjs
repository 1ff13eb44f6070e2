import { cp } from "node:fs/promises";
import isopod from "@isopod/build/esbuild";
import * as esbuild from "esbuild";

await esbuild.build({
  entryPoints: { app: "src/app.js", "isopod-worker": "@isopod/browser/worker" },
  bundle: true,
  splitting: true,
  minify: true,
  sourcemap: true,
  format: "esm",
  outdir: "dist",
  plugins: [isopod()],
});
await cp("public", "dist", { recursive: true });
