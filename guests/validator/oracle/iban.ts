import { digit, luhn, passes9710, weigh } from "./digits.ts";
import { IBANS } from "./iban-table.ts";
import { type Outcome, right, wrong } from "./outcome.ts";

export function iban(folded: string): Outcome {
  const value = folded.toUpperCase().replace(/[ -]/g, "");
  if (value === "") return wrong("format");
  if (/[^A-Z\d]/.test(value)) return wrong("characters");
  if (!/^[A-Z]{2}\d{2}/.test(value)) return wrong("format");
  const [country, check, bban] = [value.slice(0, 2), value.slice(2, 4), value.slice(4)];
  const row = IBANS[country];
  if (!row) return wrong("country");
  const [length, structure] = row;
  if (value.length !== length) return wrong("length");
  if (!hasStructure(bban, structure)) return wrong("format");
  const sound = !["00", "01", "99"].includes(check) && passes9710(bban + country + check);
  return sound && (OWN[country]?.(bban) ?? true) ? right(value) : wrong("checksum");
}

/** Whether a text is made as, say, `n5c12` wants it: five digits, and twelve digits or letters. */
function hasStructure(text: string, structure: string): boolean {
  const classes: Readonly<Record<string, RegExp>> = { n: /^[0-9]*$/, a: /^[A-Z]*$/, c: /^[0-9A-Z]*$/ };
  let at = 0;
  for (const [, kind, count] of structure.matchAll(/([nac])(\d+)/g)) if (!classes[kind!]!.test(text.slice(at, (at += Number(count))))) return false;
  return at === text.length;
}

type Check = (bban: string) => boolean;

const spanish = (sum: number): number => {
  const e = 11 - (sum % 11);
  return e === 10 ? 1 : e === 11 ? 0 : e;
};

const french: Check = (bban) => {
  // A J are 1, B K S are 2, … I R Z are 9: S begins its row at 2.
  const digits = bban.replace(/[A-Z]/g, (letter) => String("12345678912345678923456789"[letter.charCodeAt(0) - 65]));
  const [b, g, a, k] = [digits.slice(0, 5), digits.slice(5, 10), digits.slice(10, 21), digits.slice(21)].map(Number) as [number, number, number, number];
  return (89 * b + 15 * g + 3 * a + k) % 97 === 0;
};

/** The checks that a country makes beyond everybody's. */
const OWN: Readonly<Record<string, Check>> = {
  BE: (bban) => Number(bban.slice(10)) === (Number(bban.slice(0, 10)) % 97 || 97),
  ES: (bban) =>
    digit(bban, 9) === spanish(weigh(bban, [4, 8, 5, 10, 9, 7, 3, 6])) &&
    digit(bban, 10) === spanish(weigh(bban.slice(10), [1, 2, 4, 8, 5, 10, 9, 7, 3, 6])),
  FI: (bban) => luhn(bban) === 0,
  FR: french,
  MC: french,
  NO: (bban) => weigh(bban, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  ...Object.fromEntries(["BA", "ME", "PT", "RS", "SI", "TL", "MK"].map((country) => [country, passes9710])),
};
