import type { FieldName } from "./fields.ts";

type Words = Readonly<Record<string, string>>;

/** What each code of the plugin means to a person, field by field; `any` where a field has nothing better to say. */
const WORDS: Readonly<Record<FieldName | "record" | "any", Words>> = {
  any: {
    type: "This must be text.",
    length: "Too long or too short.",
    characters: "It has characters that do not belong here.",
    format: "It is not written like this.",
    checksum: "The check digits do not add up.",
    country: "Which country is this from?",
    range: "Out of range.",
    calendar: "There is no such day.",
  },
  name: { length: "At most 100 characters.", characters: "It has characters that cannot be seen.", format: "A name has a letter somewhere." },
  email: { format: "One @, and a domain after it.", length: "Too long for an address." },
  phone: { characters: "Only digits, + and separators.", format: "No number begins or goes like this there.", length: "Too few or too many digits." },
  country: { characters: "Two letters, such as DE or FR.", length: "Two letters, such as DE or FR.", country: "No country has these letters." },
  postcode: { format: "Not how postcodes look in this country.", characters: "Only letters, digits, dash and space." },
  vat: {
    country: "That is the VAT number of another country.",
    format: "Not how VAT numbers look there.",
    length: "Too few or too many characters.",
    checksum: "The check digits do not add up: mistyped?",
  },
  iban: {
    country: "No IBANs begin with these letters.",
    format: "Not how IBANs of this country look.",
    length: "Too few or too many characters.",
    checksum: "The check digits do not add up: mistyped?",
  },
  date: { characters: "Only digits and separators.", format: "Year, month and day, such as 2026-02-28.", range: "Only years from 1900 to 2099." },
  record: {
    size: "More than 64 KB is no record.",
    empty: "There is nothing here yet.",
    utf8: "These bytes are not UTF-8.",
    json: "This is not JSON: it may be cut off, or a quote or comma is missing.",
    object: "This is JSON, but not a record: it should begin with {.",
  },
};

export function sentence(field: FieldName | "record", code: string): string {
  return WORDS[field][code] ?? WORDS.any[code] ?? code;
}
