/** @typedef {import("./types.mjs").Row} Row */
/** @typedef {import("../targets.mjs").Target} Target */
/** @typedef {{ text: string, max: number, unit: string, reached: number | undefined, worst: string, ok: boolean | undefined }} Verdict */

/** Holds rows against targets. `reached` is undefined where nothing was measured. @returns {Verdict[]} */
export function judge(/** @type {Target[]} */ targets, /** @type {Row[]} */ rows) {
  return targets.map(({ text, suite, of, to, where, max, unit = "ratio" }) => {
    let reached = -Infinity;
    let worst = "";
    for (const row of rows) {
      if (row.suite !== suite || !of.includes(row.contender) || !matches(row, where)) continue;
      const base = to === undefined ? undefined : rows.find((other) => other.contender === to && sameCase(other, row));
      if (to !== undefined && !base) continue;
      const value = base ? (row.ratio ?? row.value / base.value) : unit === "ratio" ? (row.ratio ?? row.value) : row.value;
      if (value > reached) [reached, worst] = [value, label(row)];
    }
    const found = reached > -Infinity;
    return { text, max, unit, reached: found ? reached : undefined, worst, ok: found ? reached <= max : undefined };
  });
}

function matches(/** @type {Row} */ row, /** @type {Target["where"]} */ { sizes, ...fields } = {}) {
  if (sizes && !sizes.includes(row.size ?? 0)) return false;
  return Object.entries(fields).every(([name, value]) => row[/** @type {"op"} */ (name)] === value);
}

export function sameCase(/** @type {Row} */ a, /** @type {Row} */ b) {
  return a.suite === b.suite && a.op === b.op && a.kind === b.kind && a.size === b.size && a.group === b.group;
}

function label(/** @type {Row} */ { contender, op, kind, size }) {
  return [contender, op, size && `${size} B`, kind].filter(Boolean).join(" ");
}
