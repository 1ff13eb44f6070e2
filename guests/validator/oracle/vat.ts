import { type Force, lacking, type Outcome, right, wrong } from "./outcome.ts";
import { VAT } from "./vat-table.ts";

export function vat(folded: string, force: Force): Outcome {
  const value = folded.toUpperCase().replace(/[ \-./]/g, "");
  if (value === "") return wrong("format");
  if (/[^A-Z\d]/.test(value)) return wrong("characters");

  const own = value.startsWith("GR") ? "EL" : value.slice(0, 2);
  const named = VAT.find(({ prefix }) => prefix === own);
  const row = named ?? VAT.find(({ countries }) => force.code !== undefined && countries.includes(force.code));
  if (!row) return lacking(force);
  if (force.code !== undefined && !row.countries.includes(force.code)) return wrong("country");

  const rest = named ? value.slice(2) : value;
  if (!row.shapes.some(({ lengths }) => lengths.includes(rest.length))) return wrong("length");
  const shape = row.shapes.find(({ pattern }) => pattern.test(rest));
  if (!shape || /^0*$/.test(rest.replace(/\D/g, ""))) return wrong("format");
  return shape.check(rest) ? right(row.prefix + rest) : wrong("checksum");
}
