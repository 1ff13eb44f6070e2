// The tour: the same plugin on the same records, runtime after runtime.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { step } from "../../scripts/progress.mjs";
import { chromiumStop } from "./chromium.mjs";
import { nodeStop } from "./node.mjs";
import { table } from "./table.mjs";
import { workerdStop } from "./workerd.mjs";

const STOP_MS = 90_000;
const MOST_ERROR = 300;
const PLUGIN = "validator.wasm";

/**
 * @typedef {object} Ground what every stop is given
 * @property {string} plugin path
 * @property {string} records path
 * @property {string} url of the playground
 * @property {(part: number) => void} progress
 * @property {Set<() => unknown>} closers how to end what the stop has started, for as long as it runs
 *
 * @typedef {import("../shared/visit.mjs").Visit & { coldMs: number }} Result
 * @typedef {{ runtime: string, isolation: string, visit: (ground: Ground) => Promise<Result> }} Stop
 * @typedef {{ runtime: string, isolation: string, error?: string, identical?: boolean } & Partial<Result>} Row
 */

/** @type {readonly Stop[]} */
const STOPS = [
  { runtime: "node", isolation: "inline", visit: (ground) => nodeStop("inline", ground) },
  { runtime: "node", isolation: "worker", visit: (ground) => nodeStop("worker", ground) },
  { runtime: "workerd", isolation: "static", visit: (ground) => workerdStop("static", ground) },
  { runtime: "workerd", isolation: "loader", visit: (ground) => workerdStop("loader", ground) },
  { runtime: "chromium", isolation: "inline", visit: (ground) => chromiumStop("inline", ground) },
  { runtime: "chromium", isolation: "worker", visit: (ground) => chromiumStop("worker", ground) },
];

/**
 * @param {{ url: string, json?: boolean, closers: Set<() => unknown> }} options
 * @returns {Promise<boolean>} whether every runtime answered, and all alike
 */
export async function tour({ url, json = false, closers }) {
  const path = (/** @type {string} */ name) => fileURLToPath(new URL(`../../guests/${name}`, import.meta.url));
  const ground = { plugin: path(`dist/${PLUGIN}`), records: path("validator/records.jsonl"), url, closers };
  const lines = json ? undefined : table(process.stdout);
  const size = (await readFile(ground.plugin)).length;
  lines?.title(`${PLUGIN}, ${size.toLocaleString("en")} bytes, on 4,000 records`);

  /** @type {Row[]} */
  const rows = [];
  for (const stop of STOPS) {
    const row = await visited(stop, ground);
    const first = rows.find(({ digest }) => digest !== undefined);
    rows.push({ ...row, identical: row.digest !== undefined && row.digest === (first ?? row).digest });
    lines?.row(/** @type {Row} */ (rows.at(-1)));
  }
  lines?.end(rows);
  if (json) process.stdout.write(`${JSON.stringify({ plugin: PLUGIN, runtimes: rows.map(record) })}\n`);
  return rows.every(({ identical }) => identical);
}

/**
 * @param {Stop} stop
 * @param {Omit<Ground, "progress">} ground
 * @returns {Promise<Row>}
 */
async function visited({ runtime, isolation, visit }, ground) {
  const shown = step(`${runtime} ${isolation}`);
  const progress = (/** @type {number} */ part) => shown.note(`${Math.round(part * 100)} %`);
  // What this stop starts is ended when it is over, also when it is late.
  const closers = new Set();
  const close = () => Promise.allSettled([...closers].map((closer) => closer()));
  ground.closers.add(close);
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no result within ${STOP_MS / 1000} s`)), STOP_MS);
    });
    return { runtime, ...(await Promise.race([visit({ ...ground, progress, closers }), /** @type {Promise<never>} */ (late)])) };
  } catch (error) {
    return { runtime, isolation, error: oneLine(/** @type {Error} */ (error).message) };
  } finally {
    clearTimeout(timer);
    await close();
    ground.closers.delete(close);
    shown.end();
  }
}

/** @param {string} text */
function oneLine(text) {
  return text.replace(/\s+/g, " ").slice(0, MOST_ERROR);
}

/** @param {Row} row */
function record({ runtime, isolation, abi, reason, digest, identical, coldMs, p50us, p95us, error }) {
  // What is not known is null, not left out: every runtime has the same keys.
  const known = { abi, reason, digest, identical, coldMs, p50us, p95us };
  return { runtime, isolation, ...Object.fromEntries(Object.entries(known).map(([key, value]) => [key, value ?? null])), ...(error !== undefined && { error }) };
}
