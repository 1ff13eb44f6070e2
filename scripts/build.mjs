// Builds every package, or those named: types and unbundled modules by tsc, then what the edge and the command need beside them.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

const wanted = process.argv.slice(2);
run("node_modules/typescript/bin/tsc", "-b", ...wanted.map((name) => `packages/${name}`));
for (const name of ["browser", "node", "edge", "cli"]) if (wanted.length === 0 || wanted.includes(name)) run(`packages/${name}/build.mjs`);
