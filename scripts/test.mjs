// `npm test`: everything, on a machine with Node and npm alone. The last line is `N passed, N failed`.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { readOptions } from "./options.mjs";
import { build, install, root } from "./setup.mjs";

const REPORTS = `${root}/.cache/reports`;
const counts = { passed: 0, failed: 0 };

function count(passed, failed) {
  counts.passed += passed;
  counts.failed += failed;
}

/** @returns {Promise<boolean>} whether it ended well; what it prints is seen as it comes */
function run(title, args, env = {}) {
  console.log(`\n── ${title}`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env } });
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
}

/** A runner that leaves a JSON report; one that leaves none has failed. */
async function counted(title, args, report, read, env) {
  const well = await run(title, args, env);
  try {
    const { passed, failed } = read(JSON.parse(readFileSync(report, "utf8")));
    count(passed, failed);
    if (!well && failed === 0) count(0, 1);
  } catch {
    count(0, 1);
  }
}

async function main() {
  await install();
  await build();
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });

  await counted("Types, lint, packages, sizes", ["scripts/check.mjs", "--report", `${REPORTS}/check.json`], `${REPORTS}/check.json`, (report) => report);
  // Some unit tests open what a bundler made in Chromium.
  const { ensureBrowsers } = await import("../e2e/install.mjs");
  await ensureBrowsers();
  await counted(
    "Unit tests",
    ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${REPORTS}/unit.json`],
    `${REPORTS}/unit.json`,
    ({ numPassedTests, numFailedTests, numFailedTestSuites, success }) => ({ passed: numPassedTests, failed: numFailedTests || (success ? 0 : numFailedTestSuites) }),
  );

  // Two of them, that stand for pages and the edge: all take minutes, and download as much again as all else.
  await counted("The packed packages in fresh applications", ["e2e/consumers/run.mjs", "--only", "vite-react,hono-workerd", "--report", `${REPORTS}/consumers.json`], `${REPORTS}/consumers.json`, (report) => report);

  await counted(
    "Conformance in real runtimes, and the playground",
    ["e2e/node_modules/@playwright/test/cli.js", "test", "--config", "e2e/playwright.config.ts", "--reporter=list,json"],
    `${REPORTS}/e2e.json`,
    ({ stats, errors }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length }),
    { PLAYWRIGHT_JSON_OUTPUT_NAME: `${REPORTS}/e2e.json` },
  );
}

readOptions("npm test    everything there is to check, in the real runtimes, about a quarter of an hour; the last line is `N passed, N failed`", {});
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  count(0, 1);
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 ? 1 : 0;
