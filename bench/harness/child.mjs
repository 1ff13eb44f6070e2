import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A nursery of fixed size: one that V8 enlarges in the middle of a measurement looks like a leak of 16 MiB. */
const FLAGS = ["--expose-gc", "--max-semi-space-size=1", "--no-warnings"];

/**
 * Runs a script of `suites/children` in a fresh process, where nobody else's garbage is, and gives the JSON it prints.
 *
 * @param {string} script
 * @param {object} order passed as JSON
 * @param {string[]} flags for Node
 */
export async function child(script, order, flags = []) {
  const file = fileURLToPath(new URL(`../suites/children/${script}`, import.meta.url));
  const args = [...FLAGS, ...flags, file, JSON.stringify(order)];
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
