// Ways in which forms go wrong. Each takes a customer whose fields are right and makes one thing wrong; `needs` is a field it must have.
import { makeIban } from "./bank.mjs";

const replaceAt = (text, i, c) => text.slice(0, i) + c + text.slice(i + 1);

function otherDigit(rng, text, from) {
  const places = [...text].flatMap((c, i) => (i >= from && c >= "0" && c <= "9" ? [i] : []));
  const at = rng.pick(places);
  return replaceAt(text, at, (Number(text[at]) + 1 + rng.below(9)) % 10);
}

function swapped(rng, text, from) {
  const digit = (c) => c >= "0" && c <= "9";
  const places = [...text].flatMap((c, i) => (i >= from && digit(c) && digit(text[i + 1] ?? "") && c !== text[i + 1] ? [i] : []));
  if (places.length === 0) return undefined;
  const at = rng.pick(places);
  return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
}

// MOD 97,10 finds every wrong digit and every swap, so these need no second look.
const compact = (text) => text.replace(/[\s-]/g, "").toUpperCase();
// Countries whose VAT checks find every single wrong digit.
const STRICT = ["AT", "BE", "DE", "DK", "FI", "HR", "HU", "IT", "LU", "NO", "PL", "SE", "SK"];
const FIXED_PHONES = ["FR", "ES", "PL", "NL", "DK", "PT", "CH", "CZ", "NO", "GR", "US", "CA", "UA", "TR"];

export const WAYS = [
  { name: "iban digit", needs: "iban", spoil: (rng, f) => { f.iban = otherDigit(rng, compact(f.iban), 4); } },
  { name: "iban swap", needs: "iban", spoil: (rng, f) => { f.iban = swapped(rng, compact(f.iban), 4) ?? `${compact(f.iban)}0`; } },
  { name: "iban short", needs: "iban", spoil: (rng, f) => { f.iban = compact(f.iban).slice(0, -1 - rng.below(3)); } },
  { name: "iban country", needs: "iban", spoil: (rng, f) => { f.iban = rng.pick(["ZZ", "US", "QQ"]) + compact(f.iban).slice(2); } },
  { name: "iban letter", needs: "iban", spoil: (rng, f) => { f.iban = replaceAt(makeIban(rng, rng.pick(["DE", "ES", "PL", "AT"])), 9, "O"); } },
  { name: "iban character", needs: "iban", spoil: (rng, f) => { f.iban = `${f.iban}é`; } },
  { name: "vat digit", needs: "vat", only: STRICT, spoil: (rng, f) => { f.vat = otherDigit(rng, f.vat.replace(/[ .-]/g, "").toUpperCase(), 0); } },
  { name: "vat country", needs: "vat", spoil: (rng, f, place) => { f.vat = place.country === "DE" ? "ATU12345675" : "DE136695976"; } },
  { name: "vat long", needs: "vat", spoil: (rng, f) => { f.vat = `${f.vat}${rng.digits(6)}`; } },
  { name: "phone short", needs: "phone", only: FIXED_PHONES, spoil: (rng, f, place) => { f.phone = `+${place.code}${rng.fill(place.phones[0]).slice(0, -2)}`; } },
  { name: "phone letter", needs: "phone", spoil: (rng, f) => { f.phone = `${f.phone} O`; } },
  { name: "phone plus", needs: "phone", spoil: (rng, f) => { f.phone = `${f.phone}+`; } },
  { name: "phone zeros", needs: "phone", spoil: (rng, f) => { f.phone = "+0 800 123456"; } },
  { name: "postcode long", needs: "postcode", spoil: (rng, f) => { f.postcode = `${f.postcode}${f.postcode}${f.postcode}`; } },
  { name: "postcode foreign", needs: "postcode", spoil: (rng, f, place) => { f.postcode = place.country === "GB" ? "75001" : "SW1A 1AA"; } },
  { name: "postcode character", needs: "postcode", spoil: (rng, f) => { f.postcode = `${f.postcode}#`; } },
  { name: "date february", needs: "date", spoil: (rng, f) => { f.date = rng.pick(["2026-02-30", "30.2.2024", "29.02.2025", "1900-02-29", "31/02/2020"]); } },
  { name: "date month", needs: "date", spoil: (rng, f) => { f.date = rng.pick(["2026-13-01", "31.4.2026", "00.12.1999", "2026-00-10", "20261301"]); } },
  { name: "date year", needs: "date", spoil: (rng, f) => { f.date = rng.pick(["1492-10-12", "1.1.2100", "31/12/1899"]); } },
  { name: "date form", needs: "date", spoil: (rng, f) => { f.date = rng.pick(["3.4.26", "2026-3", "2026-W07-1", "12-31", "2026.01-02"]); } },
  { name: "email at", needs: "email", spoil: (rng, f) => { f.email = f.email.replace("@", rng.pick(["", "@@", " at ", "@@"])); } },
  { name: "email dots", needs: "email", spoil: (rng, f) => { f.email = rng.pick([f.email.replace("@", ".@"), `${f.email}.`, f.email.replace("@", "@-"), `${f.email}.1`]); } },
  { name: "country unknown", needs: "country", spoil: (rng, f) => { f.country = rng.pick(["QQ", "XX", "DEU", "D", "Ö1"]); } },
  { name: "name reversed", needs: "name", spoil: (rng, f) => { f.name = `\u202e${f.name}`; } },
  { name: "name digits", needs: "name", spoil: (rng, f) => { f.name = rng.digits(6); } },
  { name: "name long", needs: "name", spoil: (rng, f) => { f.name = f.name.repeat(12).padEnd(101, "e"); } },
  { name: "type", needs: "phone", spoil: (rng, f) => { f.phone = rng.pick([4930123456, true, ["030 123456"], { number: "1" }]); } },
];

/** Wrong as a record, whatever the fields hold: what happens to the line. */
export const BREAKS = [
  { name: "record cut", apply: (line) => line.slice(0, -3) },
  { name: "record comma", apply: (line) => `${line.slice(0, -1)},}` },
  { name: "record array", apply: (line) => `[${line}]` },
  { name: "record quotes", apply: (line) => line.replace(/"/g, "'") },
  { name: "record text", apply: () => '"a customer"' },
];
