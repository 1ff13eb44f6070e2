// VAT numbers that are right: for each prefix a template of the start, and the ending that its digits ask for.
import { luhnDigit, mod97, pureDigit, weighted } from "./arithmetic.mjs";

const two = (n) => String(n).padStart(2, "0");
const sum = (modulus, weights, from = 0) => (s) => weighted(s.slice(from), weights) % modulus;
const negative = (remainder, modulus) => (s) => (modulus - remainder(s)) % modulus;
const SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE";
const IRISH = "WABCDEFGHIJKLMNOPQRSTUV";

/** Prefix → [template, ending]; an ending of two digits where one belongs means that there is no such number. */
const KINDS = {
  AT: ["U#######", (s) => (10 - ((luhnSum(s.slice(1)) + 4) % 10)) % 10],
  BE: ["0+######", (s) => two(97 - (Number(s) % 97))],
  BG: ["########", sum(11, [1, 2, 3, 4, 5, 6, 7, 8])],
  CH: ["E1#######", negative(sum(11, [5, 4, 3, 2, 7, 6, 5, 4], 1), 11)],
  DE: ["+#######", pureDigit],
  DK: ["+######", negative(sum(11, [2, 7, 6, 5, 4, 3, 2]), 11)],
  EE: ["10######", negative(sum(10, [3, 7, 1, 3, 7, 1, 3, 7]), 10)],
  EL: ["0#######", (s) => ([...s].reduce((total, d) => (total + Number(d)) * 2, 0) % 11) % 10],
  ES: ["+#######", (s) => SPANISH[Number(s) % 23]],
  FI: ["2######", negative(sum(11, [7, 9, 10, 5, 8, 4, 2]), 11)],
  FR: ["+#######", (s) => luhnDigit(s)],
  GB: ["+######", (s) => two((97 - (sum(97, [8, 7, 6, 5, 4, 3, 2])(s) % 97)) % 97)],
  HR: ["+#########", pureDigit],
  HU: ["+######", negative(sum(10, [9, 7, 3, 1, 9, 7, 3]), 10)],
  IE: ["+######", (s) => IRISH[sum(23, [8, 7, 6, 5, 4, 3, 2])(s)]],
  IT: ["0#########", luhnDigit],
  LU: ["1#####", (s) => two(Number(s) % 89)],
  LV: ["4#########", (s) => (14 - sum(11, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6])(s)) % 11],
  MT: ["1#####", (s) => two(37 - sum(37, [3, 4, 6, 7, 8, 9])(s))],
  NL: ["+#######", sum(11, [9, 8, 7, 6, 5, 4, 3, 2])],
  NO: ["9#######", negative(sum(11, [3, 2, 7, 6, 5, 4, 3, 2]), 11)],
  PL: ["+########", sum(11, [6, 5, 7, 2, 3, 4, 5, 6, 7])],
  PT: ["5#######", (s) => negative(sum(11, [9, 8, 7, 6, 5, 4, 3, 2]), 11)(s) % 10],
  RO: ["+########", (s) => ((10 * weighted(s, [7, 5, 3, 2, 1, 7, 5, 3, 2])) % 11) % 10],
  SE: ["55#######", luhnDigit],
  SI: ["+######", (s) => [10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0][negative(sum(11, [8, 7, 6, 5, 4, 3, 2]), 11)(s)]],
  SK: ["202######", (s) => (11 - ((Number(s) * 10) % 11)) % 11],
};

function luhnSum(digits) {
  return [...digits].reduce((total, d, i) => total + (i % 2 ? [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][d] : Number(d)), 0);
}

/** What stands around the digits. */
const DRESS = {
  FR: (rng, siren) => two(mod97(`${siren}12`)) + siren,
  NL: (rng, digits) => `${digits}B0${1 + rng.below(9)}`,
  CH: (rng, digits) => digits + rng.pick(["MWST", "TVA", "IVA", ""]),
  NO: (rng, digits) => digits + rng.pick(["MVA", ""]),
  SE: (rng, digits) => `${digits}01`,
};

const LENGTH_OF_END = { BE: 2, GB: 2, LU: 2, MT: 2 };
const PREFIX = { GR: "EL", MC: "FR" };

export const vatPrefix = (country) => PREFIX[country] ?? country;
export const hasVat = (country) => vatPrefix(country) in KINDS;

/** The number without its prefix. */
export function makeVat(rng, country) {
  const prefix = vatPrefix(country);
  const [template, ending] = KINDS[prefix];
  for (;;) {
    const start = rng.fill(template);
    const end = String(ending(start));
    if (end.length === (LENGTH_OF_END[prefix] ?? 1)) return (DRESS[prefix] ?? ((_, digits) => digits))(rng, start + end);
  }
}
