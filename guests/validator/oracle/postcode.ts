import { type Force, lacking, type Outcome, right, wrong } from "./outcome.ts";
import { POSTCODES } from "./postcode-table.ts";

/** Letters of a car's plate that some write before a code, by country. */
const SIGNS: Readonly<Record<string, string>> = { AT: "A", BE: "B", DE: "D", ES: "E", FI: "FIN", FR: "F", HU: "H", IT: "I", LU: "L", NO: "N", PT: "P", SE: "S", SI: "SLO" };

export function postcode(folded: string, force: Force): Outcome {
  const upper = folded.toUpperCase();
  if (/[^A-Z\d\- ]/.test(upper)) return wrong("characters");
  const { code } = force;
  if (code === undefined) return lacking(force);
  const compact = upper.replace(/[ -]/g, "");
  if (compact === "") return wrong("format");
  const rows = POSTCODES.filter(([country]) => country === code);
  if (rows.length === 0) return compact.length > 12 ? wrong("length") : right(upper);
  for (const prefix of ["", code, SIGNS[code]]) {
    if (prefix === undefined || !compact.startsWith(prefix)) continue;
    const rest = compact.slice(prefix.length);
    const row = rows.find(([, pattern]) => pattern.test(rest));
    if (row) return right(cut(rest, row[2]));
  }
  return wrong("format");
}

/** Cuts a code by a layout: a digit takes that many characters of it, anything else is put in. */
function cut(code: string, layout: string | undefined): string {
  if (layout === undefined) return code;
  let at = 0;
  return layout.replace(/\d/g, (count) => code.slice(at, (at += Number(count))));
}
