/** The report that people read: a table a suite, then the targets. */
import { contenders } from "../contenders/index.mjs";
import { amount, digits, table } from "./format.mjs";
import { SIZES } from "./inputs.mjs";
import { sameCase } from "./judge.mjs";

/** @typedef {import("./types.mjs").Row} Row */

const TITLES = {
  cold: "Cold start: bytes to first result, and first call in a warm worker (× to hand-written)",
  hostcalls: "Host calls: one call that calls the host once (echo, without it, for comparison)",
  memory: "Memory: resident, of one more instance",
  soak: "Soak: very many calls on one plugin",
  bundle: "Bundles for browsers",
  harden: "Hardening: kernels with a meter (× to the same without), sizes, speed",
};

/** @returns {string} */
export function report(/** @type {import("./types.mjs").Result} */ { rows, skips }, /** @type {import("./judge.mjs").Verdict[]} */ verdicts) {
  const parts = [];
  const calls = rows.filter(({ suite }) => suite === "calls");
  for (const op of ["echo", "upper"]) {
    for (const kind of ["bytes", "text"]) {
      const block = calls.filter((row) => row.op === op && row.kind === kind);
      if (block.length > 0) parts.push(`Calls: ${op}, ${kind} (× to the arena floor, [×] to its own base)\n${callTable(block)}`);
    }
  }
  for (const [suite, title] of Object.entries(TITLES)) {
    const block = rows.filter((row) => row.suite === suite);
    if (block.length > 0) parts.push(`${title}\n${table(block.map((row) => line(row, block)))}`);
  }
  if (skips.length > 0) parts.push(`Not run\n${skips.map(skipLine).join("\n")}`);
  const measured = verdicts.filter(({ ok }) => ok !== undefined);
  if (measured.length > 0) parts.push(`Targets\n${table(measured.map(verdictLine))}`);
  return `${parts.join("\n\n")}\n`;
}

function callTable(/** @type {Row[]} */ block) {
  const names = [...new Set(block.map(({ contender }) => contender))];
  const heads = SIZES.map((size) => (size < 1024 ? `${size} B` : size < 1_048_576 ? `${size / 1024} KB` : `${size / 1_048_576} MB`));
  const lines = names.map((name) => {
    const base = contenders.find((contender) => contender.name === name)?.base;
    return [name, ...SIZES.map((size) => cell(block, name, size, base))];
  });
  return table([["", ...heads], ...lines]);
}

function cell(/** @type {Row[]} */ block, /** @type {string} */ name, /** @type {number} */ size, /** @type {string | undefined} */ base) {
  const of = (/** @type {string | undefined} */ contender) => block.find((row) => row.size === size && row.contender === contender)?.value;
  const value = of(name);
  if (value === undefined) return "–";
  const ratio = (/** @type {number | undefined} */ to) => (to === undefined ? "" : `${digits(value / to)}×`);
  const own = ratio(of(base));
  return `${amount(value, "ns")} ${ratio(of("arena floor")).padStart(6)} ${(own && `[${own}]`).padStart(8)}`;
}

/** Name, what, value, and for times the ratio to the same ABI by hand. @returns {string[]} */
function line(/** @type {Row} */ row, /** @type {Row[]} */ block) {
  const { contender, group, op, value, unit, ratio } = row;
  const abi = contender.match(/^(packed|extism|wapc)/)?.[0] ?? (contender === "@wapc/host" ? "wapc" : "");
  const hand = block.find((other) => other.contender === `${abi} by hand` && sameCase(other, row));
  return [contender, group ?? op ?? "", amount(value, unit), hand ? amount(ratio ?? value / hand.value, "ratio") : ratio === undefined ? "" : amount(ratio, "ratio")];
}

/** A process that failed gives its whole standard error; the line that names the error is enough here. */
function skipLine(/** @type {import("./types.mjs").Skip} */ { suite, contender, reason }) {
  const lines = reason.split("\n");
  return `${suite}: ${contender}: ${lines.find((text) => /^\w*Error\b/.test(text)) ?? lines[0]}`;
}

function verdictLine(/** @type {import("./judge.mjs").Verdict} */ { text, max, unit, reached = NaN, worst, ok }) {
  return [`${ok ? "ok  " : "MISS"} ${text}`, amount(reached, unit), `≤ ${amount(max, unit)}`, ok ? "" : `worst: ${worst}`];
}
