// Builds every package: types and unbundled modules by tsc, then what the edge and the command need beside them.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

run("node_modules/typescript/bin/tsc", "-b");
for (const name of ["edge", "cli"]) run(`packages/${name}/build.mjs`);
