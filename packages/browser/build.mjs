// After tsc: the worker's script, and the whole package, each in one file, for pages without a bundler. See src/isolate.ts.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (/** @type {string} */ name) => fileURLToPath(new URL(`dist/${name}`, import.meta.url));

const { outputFiles } = await build({
  entryPoints: { standalone: at("index.js"), worker: at("worker-module.js") },
  outdir: at(""),
  bundle: true,
  format: "esm",
  target: "es2022",
  // Names stay, so that a stack can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  conditions: ["browser"],
  write: false,
  logLevel: "warning",
});
// Bundlers, too, take the worker's file. What tells them that they need not look for a module by a variable's name is a comment.
for (const { path, text } of outputFiles) await writeFile(path, text.replaceAll(/\bimport\((?=\w)/g, "import(/* @vite-ignore */ /* webpackIgnore: true */ "));
