// One plugin, one call, nothing left over: the same in the page, in Node and in workerd.
import { IsopodError } from "@isopod/core";
import { timings } from "./measure.mjs";

/** A call that takes longer is timed once: its length says all there is to say, and nobody waits for thousands of it. */
const SLOW_MS = 25;

/**
 * @typedef {import("@isopod/core").Plugin} Plugin
 * @typedef {{ load(source: any, options?: import("@isopod/core").LoadOptions): Promise<Plugin> }} Host
 * @typedef {object} Wanted
 * @property {Uint8Array} plugin its bytes
 * @property {string} op
 * @property {Uint8Array} input
 * @property {number} [ms] longest that loading and calling may take, where there is a way to end it
 * @property {import("@isopod/core").LoadOptions} [options]
 */

/**
 * @param {Host} host
 * @param {Wanted} wanted
 * @returns {Promise<import("./berth.ts").Ran>}
 */
export async function once(host, { plugin: bytes, op, input, ms, options }) {
  const from = performance.now();
  const until = ms === undefined ? {} : { signal: AbortSignal.timeout(ms) };
  const plugin = await host.load(bytes, { debug: speaksOfLines(bytes), ...options, ...until });
  try {
    const output = await callOf(plugin, op, input)(until);
    return { output, coldMs: Math.round((performance.now() - from) * 100) / 100 };
  } finally {
    await plugin.dispose();
  }
}

/**
 * @param {Host} host
 * @param {Wanted} wanted
 */
export async function timed(host, { plugin: bytes, op, input, ms, options }) {
  const plugin = await host.load(bytes, { ...options, ...(ms !== undefined && { signal: AbortSignal.timeout(ms) }) });
  // Not by a signal: every call would pay for it.
  const late = ms === undefined ? undefined : setTimeout(() => void plugin.dispose(), ms);
  try {
    const call = callOf(plugin, op, input);
    await call();
    const from = performance.now();
    await call();
    const took = performance.now() - from;
    if (took > SLOW_MS) return { p50us: took * 1000, p95us: took * 1000, group: 1 };
    return await timings(() => call(), { samples: 3000, budgetMs: 150 });
  } finally {
    clearTimeout(late);
    await plugin.dispose();
  }
}

/**
 * A call with what was typed: bytes as they are, or the numbers that they spell for a plugin that takes nothing else.
 *
 * @param {Plugin} plugin
 * @param {string} op
 * @param {Uint8Array} input
 * @returns {(options?: { signal?: AbortSignal }) => Promise<Uint8Array>}
 */
export function callOf(plugin, op, input) {
  if (plugin.info.abi !== "plain") return (options) => plugin.call(op, input, options);
  const given = numbers(new TextDecoder().decode(input));
  return async (options) => new TextEncoder().encode(await plugin.call(op, given, { ...options, as: "text" }));
}

/**
 * `2, 3` or `[2, 3]`; an integer that no double holds, or one with an n after it, is an i64.
 *
 * @param {string} text
 * @returns {(number | bigint)[]}
 */
export function numbers(text) {
  const words = text.replace(/^\s*\[|\]\s*$/g, "").split(/[\s,]+/).filter((word) => word !== "");
  return words.map((word) => {
    const integer = /^[+-]?\d{1,40}n?$/.test(word);
    if (integer && (word.endsWith("n") || !Number.isSafeInteger(Number(word)))) return BigInt(word.replace(/^\+|n$/g, ""));
    const value = Number(word);
    if (Number.isNaN(value) && word !== "NaN") throw new IsopodError("bad_input", `this plugin takes numbers, such as 2, 3: "${word.slice(0, 40)}" is none`);
    return value;
  });
}

/** Whoever brings a plugin with debug information sees which line broke off; others need not fetch what reads lines. */
function speaksOfLines(/** @type {unknown} */ bytes) {
  const found = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
  return found instanceof Uint8Array && /\.debug_line|sourceMappingURL/.test(new TextDecoder("latin1").decode(found));
}
