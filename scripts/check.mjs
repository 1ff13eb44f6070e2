// What can be checked without running a plugin: types, lint, the packages as they would be published, their sizes.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { readOptions } from "./options.mjs";
import { root } from "./setup.mjs";

const PACKAGES = ["core", "browser", "edge", "node", "isopod", "build", "cli", "create-isopod"];
const { report: file } = readOptions("npm run check -- [--report FILE]", { report: { type: "string" } });
const report = { passed: 0, failed: 0 };

function check(title, attempt) {
  const trouble = attempt();
  if (trouble) {
    report.failed++;
    console.log(`✗ ${title}\n${trouble.replace(/^/gm, "    ")}`);
  } else {
    report.passed++;
    console.log(`✓ ${title}`);
  }
}

/** What it printed, if it did not end well. */
function tool(path, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}/${path}`, ...args], { cwd: root, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
  return status === 0 ? undefined : `${stdout ?? ""}${stderr ?? ""}`.trim() || `ended with ${status}`;
}

const tsc = (...args) => tool("node_modules/typescript/bin/tsc", ...args);

check("the packages compile", () => tsc("-b"));
for (const runtime of ["browser", "edge", "node"]) {
  check(`the same application compiles for ${runtime}`, () => tsc("-p", `e2e/app/tsconfig.${runtime}.json`));
}
for (const condition of ["deno", "bun"]) {
  check(`the same application compiles for ${condition}`, () => tsc("-p", "e2e/app/tsconfig.node.json", "--customConditions", condition));
}
for (const project of ["bench", "e2e", "playground", "examples/shop", "packages/edge/test", "packages/build/test", "docs", "docs/test", "docs/snippets/browser", "docs/snippets/edge"]) {
  check(`${project} compiles`, () => (existsSync(`${root}/${project}/tsconfig.json`) ? tsc("-p", project, "--noEmit") : "no tsconfig.json"));
}
check("lint", () => tool("node_modules/oxlint/bin/oxlint", "--deny-warnings"));
for (const name of PACKAGES) {
  check(`${name}: publint`, () => tool("node_modules/publint/src/cli.js", "run", `packages/${name}`, "--strict", "--pack", "npm"));
  check(`${name}: types resolve for every consumer`, () => tool("node_modules/@arethetypeswrong/cli/dist/index.js", "--pack", `packages/${name}`, "--profile", "esm-only", "--no-emoji", "--no-color"));
}
for (const name of ["assemblyscript", "c", "rust"]) {
  check(`sdk-${name}: publint`, () => tool("node_modules/publint/src/cli.js", "run", `guests/sdk/${name}`, "--strict", "--pack", "npm"));
}
check("guests are the ones their digests name", () => {
  const digests = JSON.parse(readFileSync(`${root}/guests/dist/digests.json`, "utf8"));
  const files = readdirSync(`${root}/guests/dist`).filter((name) => name.endsWith(".wasm"));
  const wrong = files.filter((name) => `sha256-${createHash("sha256").update(readFileSync(`${root}/guests/dist/${name}`)).digest("base64")}` !== digests[name]?.sha256);
  return wrong.length > 0 || files.length !== Object.keys(digests).length ? `differ: ${wrong.join(", ")}` : undefined;
});
check("bundle sizes", () => tool("bench/suites/bundle.mjs"));

if (file !== undefined) writeFileSync(file, JSON.stringify(report));
process.exitCode = report.failed > 0 ? 1 : 0;
