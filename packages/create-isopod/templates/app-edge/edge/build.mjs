import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import isopod from "@isopod/build/esbuild";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
await rm(here("dist"), { recursive: true, force: true }); // the plugin of before has another name
await build({
  entryPoints: [here("worker.js")],
  outdir: here("dist"),
  bundle: true,
  format: "esm",
  target: "es2022",
  conditions: ["workerd", "worker"],
  logLevel: "warning",
  plugins: [isopod()],
});
