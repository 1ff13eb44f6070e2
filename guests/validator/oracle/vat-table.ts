import * as checks from "./vat-checks.ts";
import { luhn, passes1110, weigh } from "./digits.ts";

/** One way in which what follows a prefix may look. */
export interface Shape {
  readonly pattern: RegExp;
  /** The lengths that the pattern admits. */
  readonly lengths: readonly number[];
  readonly check: (rest: string) => boolean;
}

/** A prefix and the countries whose businesses have it; section 10 of the rules. */
export interface Prefix {
  readonly prefix: string;
  readonly countries: readonly string[];
  readonly shapes: readonly Shape[];
}

const shape = (pattern: RegExp, lengths: readonly number[], check: (rest: string) => boolean): Shape => ({ pattern, lengths, check });
const unchecked = (): boolean => true;
const passesLuhn = (digits: string): boolean => luhn(digits) === 0;

const BRITISH: readonly Shape[] = [shape(/^(?:\d{9}|\d{12})$/, [9, 12], checks.british), shape(/^(?:GD[0-4]\d{2}|HA[5-9]\d{2})$/, [5], unchecked)];

export const VAT: readonly Prefix[] = [
  { prefix: "AT", countries: ["AT"], shapes: [shape(/^U\d{8}$/, [9], checks.austrian)] },
  { prefix: "BE", countries: ["BE"], shapes: [shape(/^[01]\d{9}$/, [10], (n) => Number(n.slice(8)) === 97 - (Number(n.slice(0, 8)) % 97))] },
  { prefix: "BG", countries: ["BG"], shapes: [shape(/^\d{9}$/, [9], checks.bulgarian), shape(/^\d{10}$/, [10], unchecked)] },
  { prefix: "CH", countries: ["CH"], shapes: [shape(/^E\d{9}(?:MWST|TVA|IVA|TPV)?$/, [10, 13, 14], checks.swiss)] },
  { prefix: "CY", countries: ["CY"], shapes: [shape(/^\d{8}[A-Z]$/, [9], checks.cypriot)] },
  { prefix: "CZ", countries: ["CZ"], shapes: [shape(/^[0-8]\d{7}$/, [8], checks.czech), shape(/^(?:\d{9}|\d{10})$/, [9, 10], unchecked)] },
  { prefix: "DE", countries: ["DE"], shapes: [shape(/^[1-9]\d{8}$/, [9], passes1110)] },
  { prefix: "DK", countries: ["DK"], shapes: [shape(/^[1-9]\d{7}$/, [8], (n) => weigh(n, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0)] },
  { prefix: "EE", countries: ["EE"], shapes: [shape(/^\d{9}$/, [9], (n) => weigh(n, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0)] },
  { prefix: "EL", countries: ["GR"], shapes: [shape(/^\d{9}$/, [9], (n) => (weigh(n, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === Number(n[8]))] },
  {
    prefix: "ES",
    countries: ["ES"],
    shapes: [
      shape(/^\d{8}[A-Z]$/, [9], (n) => checks.spanishLetter(n.slice(0, 8), n)),
      shape(/^[XYZ]\d{7}[A-Z]$/, [9], (n) => checks.spanishLetter("XYZ".indexOf(n[0]!) + n.slice(1, 8), n)),
      shape(/^[KLM]\d{7}[A-Z]$/, [9], (n) => checks.spanishLetter(n.slice(1, 8), n)),
      shape(/^[A-HJNP-SUVW]\d{7}[0-9A-J]$/, [9], checks.spanishCompany),
    ],
  },
  { prefix: "FI", countries: ["FI"], shapes: [shape(/^\d{8}$/, [8], (n) => weigh(n, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0)] },
  { prefix: "FR", countries: ["FR", "MC"], shapes: [shape(/^[0-9A-HJ-NP-Z]{2}\d{9}$/, [11], checks.french)] },
  { prefix: "GB", countries: ["GB", "IM"], shapes: BRITISH },
  { prefix: "HR", countries: ["HR"], shapes: [shape(/^\d{11}$/, [11], passes1110)] },
  { prefix: "HU", countries: ["HU"], shapes: [shape(/^\d{8}$/, [8], (n) => weigh(n, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0)] },
  {
    prefix: "IE",
    countries: ["IE"],
    shapes: [
      shape(/^\d{7}[A-W][A-W]?$/, [8, 9], (n) => checks.irish(n.slice(0, 7), n[7]!, n[8])),
      shape(/^\d[A-Z]\d{5}[A-W]$/, [8], (n) => checks.irish(`0${n.slice(2, 7)}${n[0]}`, n[7]!)),
    ],
  },
  { prefix: "IT", countries: ["IT"], shapes: [shape(/^\d{11}$/, [11], passesLuhn)] },
  { prefix: "LT", countries: ["LT"], shapes: [shape(/^\d{7}1\d$/, [9], checks.lithuanian), shape(/^\d{10}1\d$/, [12], checks.lithuanian)] },
  { prefix: "LU", countries: ["LU"], shapes: [shape(/^\d{8}$/, [8], (n) => Number(n.slice(6)) === Number(n.slice(0, 6)) % 89)] },
  {
    prefix: "LV",
    countries: ["LV"],
    shapes: [shape(/^[4-9]\d{10}$/, [11], (n) => weigh(n, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3), shape(/^[0-3]\d{10}$/, [11], unchecked)],
  },
  { prefix: "MT", countries: ["MT"], shapes: [shape(/^[1-9]\d{7}$/, [8], (n) => weigh(n, [3, 4, 6, 7, 8, 9, 10, 1]) % 37 === 0)] },
  { prefix: "NL", countries: ["NL"], shapes: [shape(/^\d{9}B\d{2}$/, [12], checks.dutch)] },
  { prefix: "NO", countries: ["NO"], shapes: [shape(/^\d{9}(?:MVA)?$/, [9, 12], (n) => weigh(n, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0)] },
  { prefix: "PL", countries: ["PL"], shapes: [shape(/^\d{10}$/, [10], (n) => weigh(n, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(n[9]))] },
  { prefix: "PT", countries: ["PT"], shapes: [shape(/^[1-9]\d{8}$/, [9], checks.portuguese)] },
  { prefix: "RO", countries: ["RO"], shapes: [shape(/^[1-9]\d{1,9}$/, [2, 3, 4, 5, 6, 7, 8, 9, 10], checks.romanian)] },
  { prefix: "SE", countries: ["SE"], shapes: [shape(/^\d{10}01$/, [12], (n) => passesLuhn(n.slice(0, 10)))] },
  { prefix: "SI", countries: ["SI"], shapes: [shape(/^[1-9]\d{7}$/, [8], checks.slovene)] },
  { prefix: "SK", countries: ["SK"], shapes: [shape(/^[1-9]\d[2-47-9]\d{7}$/, [10], (n) => Number(n) % 11 === 0)] },
  { prefix: "XI", countries: ["GB"], shapes: BRITISH },
];
