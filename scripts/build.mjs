// Builds every package: types and unbundled modules by tsc, then what the edge needs beside them.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

run("node_modules/typescript/bin/tsc", "-b");
if (existsSync(`${root}/packages/edge/build.mjs`)) run("packages/edge/build.mjs");
