/** @type {readonly [string, number, (row: import("./index.mjs").Row) => string][]} */
const COLUMNS = [
  ["runtime", 8, ({ runtime }) => runtime],
  ["isolation", 9, ({ isolation }) => isolation],
  ["ABI", 6, ({ abi }) => abi ?? "–"],
  ["answers", 12, ({ digest }) => digest?.slice(0, 12) ?? "–"],
  ["same", 4, ({ identical }) => (identical ? "yes" : "NO")],
  ["cold ms", -7, ({ coldMs }) => figure(coldMs)],
  ["p50 µs", -7, ({ p50us }) => figure(p50us)],
  ["p95 µs", -7, ({ p95us }) => figure(p95us)],
];
const LEAST_REASON = 24;

/**
 * A table that is written as it comes to be known.
 *
 * @param {NodeJS.WriteStream} stream
 */
export function table(stream) {
  const line = (/** @type {readonly string[]} */ cells) => cells.map((cell, i) => pad(cell, COLUMNS[i]?.[1] ?? 0)).join("  ");
  const head = line(COLUMNS.map(([name]) => name));
  // A terminal shows as much of the reason as fits; a pipe all of it.
  const room = stream.isTTY ? Math.max(LEAST_REASON, (stream.columns || 80) - head.length - 3) : Infinity;
  const fit = (/** @type {string} */ text) => (text.length > room ? `${text.slice(0, room - 1)}…` : text);

  return {
    /** @param {string} text */
    title(text) {
      stream.write(`\n${text}\n\n${head}  why this ABI\n${COLUMNS.map(([, width]) => "─".repeat(Math.abs(width))).join("  ")}  ${"─".repeat(12)}\n`);
    },
    /** @param {import("./index.mjs").Row} row */
    row(row) {
      stream.write(`${row.error === undefined ? `${line(COLUMNS.map(([, , cell]) => cell(row)))}  ${fit(row.reason ?? "")}` : `${line([row.runtime, row.isolation])}  ${row.error}`}\n`);
    },
    /** @param {readonly import("./index.mjs").Row[]} rows */
    end(rows) {
      const answered = rows.filter(({ digest }) => digest !== undefined);
      const alike = answered.every(({ identical }) => identical);
      const missing = rows.length - answered.length;
      const verdict = alike ? `${answered.length} of ${rows.length} gave the same answer to every record.` : "The answers differ.";
      const coarse = answered.filter(({ group = 1 }) => group > 1).map(({ runtime, isolation, group }) => `${runtime} ${isolation} ${group}`);
      stream.write(`\n${verdict}${missing > 0 ? ` ${missing} could not be asked.` : ""}\n`);
      for (const reason of new Set(answered.flatMap(({ abi, reason = "" }) => (reason.length > room ? [`${abi}: ${reason}.`] : [])))) stream.write(`${reason}\n`);
      if (coarse.length > 0) stream.write(`Where the clock is too coarse for one call, a time is the mean of as many in a row: ${coarse.join(", ")}.\n`);
    },
  };
}

/** @param {number | undefined} value */
function figure(value) {
  if (value === undefined) return "–";
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

/**
 * @param {string} text
 * @param {number} width to the right if it is negative
 */
function pad(text, width) {
  return width < 0 ? text.padStart(-width) : text.padEnd(width);
}
