/** What chance seldom meets: every end of every range in the tables, every code point that a fold may touch, every pair of letters. */
import fc from "fast-check";
import { IBANS } from "../iban-table.ts";
import { NUMBERING } from "../phone-table.ts";
import { POSTCODES } from "../postcode-table.ts";
import { VAT } from "../vat-table.ts";

type Members = Readonly<Record<string, string>>;

const DIGITS = "0123456789";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ASCII = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("");

/** A text, and all that differ from it in one character: another of the alphabet, one too few, one too many. */
const neighbours = (text: string, alphabet: string): string[] => [
  text,
  ...[...text].flatMap((own, i) => [text.slice(0, i), text.slice(0, i) + own + own, ...[...alphabet].map((other) => text.slice(0, i) + other)].map((start) => start + text.slice(i + 1))),
];

/** Letters are tried one by one only where a pattern has something to say about them. */
const alphabet = (pattern: RegExp): string => DIGITS + (/[A-Z]/.test(pattern.source) ? LETTERS : "AZ");

/** A few texts that fit, of all lengths that do. */
const fitting = (pattern: RegExp, count: number): string[] => fc.sample(fc.stringMatching(pattern), { numRuns: count, seed: 20_260_704 });

export const phones = (): Members[] =>
  NUMBERING.flatMap(({ countries, code, pattern, trunk }) =>
    fitting(pattern, 3).flatMap((number) => neighbours(number, DIGITS).flatMap((near) => [{ phone: `+${code}${near}` }, ...countries.map((country) => ({ country, phone: trunk + near }))])),
  );

export const postcodes = (): Members[] =>
  POSTCODES.flatMap(([country, pattern]) => fitting(pattern, 2).flatMap((code) => neighbours(code, alphabet(pattern)).map((postcode) => ({ country, postcode }))));

const PAIRS = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, "0"));

/** With every last two digits as well, of which some must be the right ones. */
export const vats = (): Members[] =>
  VAT.flatMap(({ prefix, shapes }) =>
    shapes.flatMap(({ pattern }) =>
      fitting(pattern, 3)
        .flatMap((rest) => [...neighbours(rest, alphabet(pattern)), ...PAIRS.map((pair) => rest.replace(/\d\d(?=\D*$)/, pair))])
        .map((near) => ({ vat: prefix + near })),
    ),
  );

/** The structure is looked at before the check digits are, so those may be anything; then all of them, of which 00, 01 and 99 never are right. */
export const ibans = (): Members[] => {
  const near = Object.entries(IBANS).flatMap(([country, [, structure]]) => {
    const bban = structure.replace(/([nac])(\d+)/g, (_, kind: string, count: string) => ({ n: "7", a: "Q", c: "K" })[kind]!.repeat(Number(count)));
    return neighbours(`${country}12${bban}`, "09AZ");
  });
  const checked = PAIRS.flatMap((end) => PAIRS.map((check) => `DE${check}3704004405320130${end}`));
  return [...near, ...checked].map((iban) => ({ iban }));
};

const WRITTEN = ["2026-2-8", "2026/12/31", "2026.2.8.", "20260228", "28.2.2026.", "28-12-2026", "02/12/2026"];
const EDGE_YEARS = [1899, 1900, 1904, 1999, 2000, 2096, 2099, 2100];

export const dates = (): Members[] => [
  ...WRITTEN.flatMap((form) => neighbours(form, `${DIGITS}-./`)).flatMap((date) => [{ date }, { country: "US", date }]),
  ...EDGE_YEARS.flatMap((year) => Array.from({ length: 14 * 33 }, (_, n) => ({ date: `${year}-${Math.floor(n / 33)}-${n % 33}` }))),
];

export const emails = (): Members[] => neighbours("a.b@c-d.ef.xn--gh", ASCII).concat(neighbours("x@y.zz", ASCII)).map((email) => ({ email }));

/** Every pair of letters as a country, with what each field needs it for. */
export const countries = (): Members[] =>
  [...LETTERS].flatMap((first) =>
    [...LETTERS].flatMap((second) =>
      ["00", "011", "0011", "010", "810", "001", "1"].map((prefix) => ({ country: first + second, phone: `${prefix}49301234567`, postcode: "1234-567", vat: `${first}${second}123456789`, date: "3/4/2026" })),
    ),
  );

const range = (from: number, to: number, step = 1): number[] => Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);

/** Every code point of the first plane but the bulk of the ideographs, halves of pairs too; and both ends of the other planes. */
export function codePoints(): Members[] {
  const ends = range(0x10000, 0x110000, 0x10000).flatMap((plane) => [plane, plane + 0xfffd, plane + 0xfffe, plane + 0xffff]);
  const points = [...range(0, 0x3400), ...range(0x3400, 0xd7a0, 13), ...range(0xd7a0, 0x10000), ...ends];
  return points.map((point) => ({ name: `a${String.fromCodePoint(point)}b`, date: `2026${String.fromCodePoint(point)}0228` }));
}
