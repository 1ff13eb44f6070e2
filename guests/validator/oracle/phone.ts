import { type Force, lacking, type Outcome, right, wrong } from "./outcome.ts";
import { NUMBERING, type Numbering } from "./phone-table.ts";

/** What is dialled for abroad where it is not 00. */
const ABROAD: Readonly<Record<string, string>> = { US: "011", CA: "011", AU: "0011", JP: "010", RU: "810", KZ: "810", HK: "001", KR: "001", SG: "001", TH: "001" };

export function phone(folded: string, force: Force): Outcome {
  if (/[^\d+\-.()/ ]/.test(folded)) return wrong("characters");
  const dialled = folded.replace(/[^\d+]/g, "");
  if (!/^\+?\d+$/.test(dialled)) return wrong("format");
  if (dialled.startsWith("+")) return international(dialled.slice(1));
  const abroad = ABROAD[force.code ?? ""] ?? "00";
  if (dialled.startsWith(abroad)) return international(dialled.slice(abroad.length));
  const row = NUMBERING.find(({ countries }) => force.code !== undefined && countries.includes(force.code));
  return row ? national(dialled, row) : lacking(force);
}

function international(digits: string): Outcome {
  if (!/^[1-9]/.test(digits)) return wrong("format");
  if (digits.length < 7 || digits.length > 15) return wrong("length");
  const row = NUMBERING.find(({ code }) => digits.startsWith(code));
  return row ? national(digits.slice(row.code.length), row) : right(`+${digits}`);
}

function national(digits: string, { code, trunk, pattern, lengths }: Numbering): Outcome {
  const shorter = trunk !== "" && digits.startsWith(trunk) ? digits.slice(trunk.length) : digits;
  const fitting = [digits, shorter].find((candidate) => pattern.test(candidate));
  if (fitting !== undefined) return right(`+${code}${fitting}`);
  return wrong(lengths.includes(shorter.length) ? "format" : "length");
}
