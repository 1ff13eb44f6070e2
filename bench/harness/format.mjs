/** A value with three digits and the unit that suits it. */
export function amount(/** @type {number} */ value, /** @type {string} */ unit) {
  if (unit === "ns") {
    if (value >= 1e9) return `${digits(value / 1e9)} s`;
    if (value >= 1e6) return `${digits(value / 1e6)} ms`;
    if (value >= 1e3) return `${digits(value / 1e3)} µs`;
    return `${digits(value)} ns`;
  }
  if (unit === "ratio") return `${digits(value)}×`;
  if (unit === "bytes") return `${value.toLocaleString("en")} B`;
  return `${digits(value)} ${unit}`;
}

export function digits(/** @type {number} */ value) {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2);
}

/** Columns as wide as their longest cell; the first to the left, the others to the right. */
export function table(/** @type {string[][]} */ rows) {
  const widths = rows.reduce((all, row) => row.map((cell, i) => Math.max(all[i] ?? 0, cell.length)), /** @type {number[]} */ ([]));
  return rows.map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ").trimEnd()).join("\n");
}
