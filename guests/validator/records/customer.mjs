// One customer whose every field is right, in one of the ways people fill in forms.
import { ibanCountries, makeIban } from "./bank.mjs";
import { hasVat, makeVat, vatPrefix } from "./vat.mjs";
import { PLACES } from "./places.mjs";

const grouped = (text, size, gap) => text.match(new RegExp(`.{1,${size}}`, "g")).join(gap);
const wide = (text) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

function iban(rng, place) {
  const home = ibanCountries.includes(place.country) && rng.chance(0.7);
  const plain = makeIban(rng, home ? place.country : rng.pick(ibanCountries));
  return rng.pick([plain, plain, grouped(plain, 4, " "), grouped(plain, 4, "\u00a0"), grouped(plain.toLowerCase(), 4, " "), grouped(plain, 4, "-")]);
}

function vat(rng, place) {
  const rest = makeVat(rng, place.country);
  const prefix = vatPrefix(place.country);
  return rng.pick([prefix + rest, prefix + rest, `${prefix} ${rest}`, `${prefix.toLowerCase()}${rest}`, `${prefix}-${grouped(rest, 3, ".")}`, rest]);
}

function phone(rng, place) {
  const digits = rng.fill(rng.pick(place.phones));
  const spaced = grouped(digits, 3, " ");
  const local = place.trunk + digits;
  const kinds = [`+${place.code}${digits}`, `+${place.code} ${spaced}`, local, `${local.slice(0, 3)} ${local.slice(3)}`, `+${place.code}\u2011${digits}`];
  if (place.trunk === "0") kinds.push(`+${place.code} (0) ${spaced}`, `(0${digits.slice(0, 2)}) ${digits.slice(2)}`);
  if (!["US", "CA", "AU", "JP"].includes(place.country)) kinds.push(`00${place.code} ${spaced}`);
  return rng.pick(kinds);
}

function date(rng, place) {
  const time = new Date(Date.UTC(1930, 0, 1) + rng.below(36500) * 86400000);
  const [y, m, d] = time.toISOString().slice(0, 10).split("-");
  const slashed = place.country === "US" ? `${m}/${d}/${y}` : `${d}/${m}/${y}`;
  return rng.pick([`${y}-${m}-${d}`, `${y}-${m}-${d}`, `${d}.${m}.${y}`, `${Number(d)}. ${Number(m)}. ${y}`, slashed, `${y}${m}${d}`, `${d}-${m}-${y}`, `${y}/${m}/${d}`]);
}

function email(rng, place, name) {
  const ascii = name.normalize("NFD").replace(/\p{M}/gu, "").replace(/[^A-Za-z]+/g, ".").replace(/^\.+|\.+$/g, "").toLowerCase();
  return `${ascii || "info"}${rng.pick(["", "+shop", "_1", rng.below(100)])}@${rng.pick([place.domain, place.domain, `Mail.${place.domain.toUpperCase()}`])}`;
}

/** `{ place, fields }`: some fields are left out, as in life. */
export function makeCustomer(rng) {
  const place = rng.pick(PLACES);
  const name = rng.pick(place.names);
  const fields = { name: rng.chance(0.05) ? `  ${name.replace(" ", "\u3000 ")} ` : name };
  if (rng.chance(0.8)) fields.email = email(rng, place, name);
  if (rng.chance(0.8)) fields.phone = phone(rng, place);
  fields.country = rng.pick([place.country, place.country, place.country, place.country.toLowerCase()]);
  if (place.country === "GB" && rng.chance(0.2)) fields.country = "uk";
  if (rng.chance(0.9)) fields.postcode = rng.fill(rng.pick(place.postcodes));
  if (hasVat(place.country) && rng.chance(0.6)) fields.vat = vat(rng, place);
  if (rng.chance(0.7)) fields.iban = iban(rng, place);
  if (rng.chance(0.6)) fields.date = date(rng, place);
  if (place.country === "JP") for (const key of ["phone", "postcode"]) if (fields[key] && rng.chance(0.4)) fields[key] = wide(fields[key]);
  return { place, fields };
}
