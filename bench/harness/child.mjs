import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Runs a script of `suites/children` in a fresh process, where nobody else's garbage is, and gives the JSON it prints.
 *
 * @param {string} script
 * @param {object} order passed as JSON
 * @param {string[]} flags for Node
 */
export async function child(script, order, flags = []) {
  const file = fileURLToPath(new URL(`../suites/children/${script}`, import.meta.url));
  const args = ["--expose-gc", "--no-warnings", ...flags, file, JSON.stringify(order)];
  const { stdout } = await run(process.execPath, args, { timeout: 600_000, maxBuffer: 1 << 24 });
  return JSON.parse(stdout);
}

/** Resident memory in KiB once garbage is gone. To be called where Node runs with --expose-gc. */
export async function settledRss() {
  for (let i = 0; i < 3; i++) {
    /** @type {any} */ (globalThis).gc();
    await new Promise((resolve) => setTimeout(resolve, 20)); // lets finalizers run, which free wasm memories
  }
  return process.memoryUsage.rss() / 1024;
}
