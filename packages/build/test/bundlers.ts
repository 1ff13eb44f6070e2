import { createRequire } from "node:module";
import { join } from "node:path";
import type { Compiler, Configuration } from "webpack";
import type { Options } from "@isopod/build";
import type { App, Runtime } from "./app.ts";

/** Bundles the application's entry.js into `out`, as one would for that runtime, and gives the name of the script. */
export type Bundle = (app: App, runtime: Runtime, out: string, options?: Options) => Promise<string>;

const CONDITIONS: Record<Runtime, string[]> = { browser: ["browser"], node: ["node"], workerd: ["workerd", "worker"] };
/** In a folder, so that the way to the file leads out of it. */
const SCRIPT = "js/entry.js";
const input = ({ root }: App) => join(root, "entry.js");

/** Rollup finds packages by a plugin; this is the smallest. comlink has an entry for it that Node does not see. */
const packages = {
  name: "packages",
  resolveId: (id: string, importer = "") => (/^[@#\w]/.test(id) && !id.startsWith("node:") ? createRequire(importer).resolve(id === "comlink" ? "comlink/dist/esm/comlink.mjs" : id) : null),
};

const esbuild: Bundle = async (app, runtime, out, options) => {
  const [{ build }, { default: isopod }] = await Promise.all([import("esbuild"), import("@isopod/build/esbuild")]);
  await build({
    entryPoints: [input(app)],
    outdir: out,
    entryNames: "js/[name]",
    bundle: true,
    minify: true,
    format: "esm",
    platform: runtime === "node" ? "node" : "browser",
    conditions: CONDITIONS[runtime],
    logLevel: "silent",
    plugins: [isopod(options)],
  });
  return SCRIPT;
};

const rollup: Bundle = async (app, runtime, out, options) => {
  const [{ rollup: start }, { default: isopod }] = await Promise.all([import("rollup"), import("@isopod/build/rollup")]);
  const bundle = await start({ input: input(app), plugins: [isopod({ ...options, ...(runtime === "workerd" && { target: "workerd" }) }), packages], external: /^node:/, logLevel: "silent" });
  await bundle.write({ dir: out, format: "es", entryFileNames: SCRIPT });
  await bundle.close();
  return SCRIPT;
};

const rolldown: Bundle = async (app, runtime, out, options) => {
  const [{ build }, { default: isopod }] = await Promise.all([import("rolldown"), import("@isopod/build/rolldown")]);
  await build({
    input: input(app),
    platform: runtime === "node" ? "node" : "browser",
    resolve: { conditionNames: ["import", ...CONDITIONS[runtime]] },
    plugins: [isopod(options)],
    output: { dir: out, format: "esm", entryFileNames: SCRIPT, minify: true },
  });
  return SCRIPT;
};

const vite: Bundle = async (app, runtime, out, options) => {
  const [{ build }, { default: isopod }] = await Promise.all([import("vite"), import("@isopod/build/vite")]);
  await build({
    root: app.root,
    configFile: false,
    logLevel: "error",
    base: "./",
    build: { outDir: out, ssr: runtime !== "browser", minify: true, rolldownOptions: { input: input(app), output: { entryFileNames: SCRIPT } } },
    ssr: { noExternal: true, ...(runtime === "workerd" ? { target: "webworker", resolve: { conditions: CONDITIONS.workerd } } : {}) },
    plugins: [isopod(options)],
  });
  return SCRIPT;
};

function webpackish(app: App, runtime: Runtime, out: string): Configuration {
  return {
    context: app.root,
    entry: input(app),
    mode: "production",
    target: runtime === "node" ? "node20" : runtime === "workerd" ? "webworker" : ["web", "es2022"],
    devtool: false,
    experiments: { outputModule: true },
    output: { path: out, filename: SCRIPT, module: true, library: { type: "module" }, chunkFormat: "module" },
    resolve: { conditionNames: ["import", ...CONDITIONS[runtime]] },
    performance: false,
  };
}

function run(compiler: Compiler | null): Promise<void> {
  return new Promise((resolve, reject) =>
    compiler!.run((error, stats) => compiler!.close(() => (error || stats?.hasErrors() || stats?.hasWarnings() ? reject(error ?? new Error(stats!.toString())) : resolve()))),
  );
}

/** Not minified, which takes it seconds. */
const webpack: Bundle = async (app, runtime, out, options) => {
  const [{ default: start }, { default: isopod }] = await Promise.all([import("webpack"), import("@isopod/build/webpack")]);
  await run(start({ ...webpackish(app, runtime, out), optimization: { minimize: false }, plugins: [isopod(options)] } as Configuration));
  return SCRIPT;
};

const rspack: Bundle = async (app, runtime, out, options) => {
  const [{ rspack: start }, { default: isopod }] = await Promise.all([import("@rspack/core"), import("@isopod/build/rspack")]);
  await run(start({ ...webpackish(app, runtime, out), plugins: [isopod(options)] } as never) as never);
  return SCRIPT;
};

export const bundlers: Readonly<Record<string, Bundle>> = { esbuild, rollup, rolldown, vite, webpack, rspack };
