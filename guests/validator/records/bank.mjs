// IBANs that are right, check digits included.
import { luhnDigit, mod97, weighted } from "./arithmetic.mjs";

const STRUCTURES = {
  AD: "n8c12", AE: "n19", AL: "n8c16", AT: "n16", AZ: "a4c20", BA: "n16", BE: "n12", BG: "a4n6c8", BH: "a4c14", BR: "n23a1c1",
  CH: "n5c12", CR: "n18", CY: "n8c16", CZ: "n20", DE: "n18", DK: "n14", DO: "c4n20", EE: "n16", EG: "n25", ES: "n20", FI: "n14",
  FO: "n14", FR: "n10c11n2", GB: "a4n14", GE: "a2n16", GI: "a4c15", GL: "n14", GR: "n7c16", HR: "n17", HU: "n24", IE: "a4n14",
  IL: "n19", IS: "n22", IT: "a1n10c12", JO: "a4n4c18", KW: "a4c22", KZ: "n3c13", LI: "n5c12", LT: "n16", LU: "n3c13", LV: "a4c13",
  MC: "n10c11n2", MD: "c20", ME: "n18", MK: "n3c10n2", MT: "a4n5c18", MU: "a4n19a3", NL: "a4n10", NO: "n11", PK: "a4c16", PL: "n24",
  PT: "n21", QA: "a4c21", RO: "a4c16", RS: "n18", SA: "n2c18", SC: "a4n20a3", SE: "n20", SI: "n15", SK: "n20", SM: "a1n10c12",
  TN: "n20", TR: "n6c16", UA: "n6c19", VA: "n18", XK: "n16",
};

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const two = (n) => String(n).padStart(2, "0");
const asOwn97 = (bban) => bban.slice(0, -2) + two(98 - mod97(`${bban.slice(0, -2)}00`));

/** What some countries put inside the account number; the random part is in, the check digits are replaced. */
const OWN = {
  BA: asOwn97,
  BE: (b) => b.slice(0, 10) + two(mod97(b.slice(0, 10)) || 97),
  ES: (b) => {
    const digit = (text, weights) => (11 - (weighted(text, weights) % 11)) % 11;
    const shown = (d) => (d === 10 ? 1 : d);
    const first = shown(digit(b.slice(0, 8), [4, 8, 5, 10, 9, 7, 3, 6]));
    const second = shown(digit(b.slice(10), [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]));
    return `${b.slice(0, 8)}${first}${second}${b.slice(10)}`;
  },
  FI: (b) => b.slice(0, 13) + luhnDigit(b.slice(0, 13)),
  FR: (b) => {
    const plain = b.slice(0, 21).replace(/[A-Z]/g, (c) => "12345678912345678923456789"[LETTERS.indexOf(c)]);
    const [bank, branch, account] = [plain.slice(0, 5), plain.slice(5, 10), plain.slice(10)].map(Number);
    return b.slice(0, 21) + two(97 - ((89 * bank + 15 * branch + 3 * account) % 97));
  },
  ME: asOwn97,
  MK: asOwn97,
  NO: (b) => {
    const start = b.slice(0, 10);
    const digit = (11 - (weighted(start, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
    return digit < 10 ? start + digit : undefined;
  },
  PT: asOwn97,
  RS: asOwn97,
  SI: asOwn97,
};
OWN.MC = OWN.FR;

export const ibanCountries = Object.keys(STRUCTURES);

export function makeIban(rng, country) {
  for (;;) {
    const random = STRUCTURES[country].replace(/([nac])(\d+)/g, (_, kind, n) =>
      kind === "n" ? rng.digits(Number(n))
      : Array.from({ length: Number(n) }, () => (kind === "a" || rng.chance(0.1) ? rng.pick(LETTERS) : rng.below(10))).join(""));
    const bban = OWN[country] ? OWN[country](random) : random;
    if (bban) return country + two(98 - mod97(`${bban}${country}00`)) + bban;
  }
}
