import isopod from "@isopod/build/esbuild";
import { build } from "esbuild";

await build({ entryPoints: ["worker.js"], outdir: "dist", bundle: true, format: "esm", target: "es2022", conditions: ["workerd", "worker"], logLevel: "warning", plugins: [isopod()] });
