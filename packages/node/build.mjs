// After tsc: the script of worker threads in one file, and the same as text. See src/own-script.ts.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (/** @type {string} */ name) => fileURLToPath(new URL(`dist/${name}`, import.meta.url));
const options = /** @type {const} */ ({ entryPoints: [at("worker.js")], bundle: true, platform: "node", target: "es2022", logLevel: "warning" });

// Names stay, so that a stack can be read.
await build({ ...options, format: "esm", minifySyntax: true, minifyWhitespace: true, outfile: at("worker.mjs") });
const { outputFiles } = await build({ ...options, format: "cjs", minify: true, keepNames: true, write: false });
await writeFile(at("worker-text.js"), `export const TEXT = ${JSON.stringify(outputFiles[0].text)};\n`);
