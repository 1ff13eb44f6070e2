// Builds every package, or those named: types and unbundled modules by tsc, then what the edge and the command need beside them.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * TypeScript wraps what `import()` is given, and takes what is said there to bundlers into the wrapping, where Rspack does not
 * see it. This one is given an address, of which there is nothing to rewrite.
 */
function unwrapImport() {
  const file = `${root}packages/core/dist/isolate/functions-module.js`;
  if (!existsSync(file)) return; // of another package alone
  const code = readFileSync(file, "utf8");
  const plain = code
    .replace(/^var __rewriteRelativeImportExtension = .*?^};\n/ms, "")
    .replace(/\(__rewriteRelativeImportExtension\(([^()]*)\)\)/, "($1)");
  if (plain.includes("__rewrite") || !plain.includes("import(/* @vite-ignore */ /* webpackIgnore: true */ href)")) throw new Error(`${file} is not what it was: see unwrapImport`);
  if (plain !== code) writeFileSync(file, plain);
}

const wanted = process.argv.slice(2);
run("node_modules/typescript/bin/tsc", "-b", ...wanted.map((name) => `packages/${name}`));
unwrapImport();
for (const name of ["browser", "node", "edge", "cli"]) if (wanted.length === 0 || wanted.includes(name)) run(`packages/${name}/build.mjs`);
