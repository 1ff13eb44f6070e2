// One stop of the tour: every record through one plugin, in whichever runtime this runs.
import { timings } from "./measure.mjs";
import { join, sha256, split } from "./records.mjs";

const STEP = 200;

/**
 * @typedef {import("@isopod/core").Plugin} Plugin
 * @typedef {object} Visit
 * @property {string} abi
 * @property {string} reason
 * @property {string} isolation
 * @property {string} digest of the answers to all records, each with a line feed after it
 * @property {number} p50us
 * @property {number} p95us
 * @property {number} group calls to a sample of these times
 */

/**
 * @param {Plugin} plugin
 * @param {Uint8Array} bytes all records
 * @param {(part: number) => void} progress from 0 to 1
 * @returns {Promise<Visit>}
 */
export async function visit(plugin, bytes, progress) {
  const records = split(bytes);
  const answers = [];
  for (const record of records) {
    answers.push(await plugin.call("validate", record));
    if (answers.length % STEP === 0) progress((0.5 * answers.length) / records.length);
  }
  const digest = await sha256(join(answers));
  const together = await sha256(await plugin.call("validateMany", bytes));
  if (digest !== together) throw new Error("validateMany does not answer as validate does");
  progress(0.5);
  const { p50us, p95us, group } = await timings((turn) => plugin.call("validate", records[turn % records.length]), { samples: records.length });
  progress(1);
  const { abi, reason, isolation } = plugin.info;
  return { abi, reason, isolation, digest, p50us, p95us, group };
}

/**
 * Bytes to first answer on a fresh host.
 *
 * @template {{ load(source: any, options?: import("@isopod/core").LoadOptions): Promise<Plugin> }} Host
 * @param {() => Host} makeHost
 * @param {unknown} source
 * @param {Uint8Array} record
 * @param {import("@isopod/core").LoadOptions} [options]
 * @returns {Promise<{ host: Host, plugin: Plugin, coldMs: number }>}
 */
export async function firstAnswer(makeHost, source, record, options) {
  const from = performance.now();
  const host = makeHost();
  const plugin = await host.load(source, options);
  await plugin.call("validate", record);
  return { host, plugin, coldMs: Math.round((performance.now() - from) * 100) / 100 };
}
