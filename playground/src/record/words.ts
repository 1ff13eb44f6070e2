import type { FieldName } from "./fields.ts";

type Words = Readonly<Record<string, string>>;

/** What each code of the plugin means to a person, field by field; `any` where a field has nothing better to say. */
const WORDS: Readonly<Record<FieldName | "record" | "any", Words>> = {
  any: {
    type: "This must be text.",
    length: "Too long or too short.",
    characters: "Some characters do not belong here.",
    format: "It is not written like this.",
    checksum: "The check digits do not add up.",
    country: "Which country is this from?",
    range: "Out of range.",
    calendar: "There is no such day.",
  },
  name: { length: "At most 100 characters.", characters: "It has invisible characters.", format: "A name has a letter somewhere." },
  email: { format: "One @, and a domain after it.", length: "Too long for an address." },
  phone: { characters: "Only digits, + and separators.", format: "No number goes like this there.", length: "Too few or too many digits." },
  country: { characters: "Two letters, such as DE or FR.", length: "Two letters, such as DE or FR.", country: "No country has these letters." },
  postcode: { format: "Not how this country writes them.", characters: "Only letters, digits and dashes." },
  vat: {
    country: "That one is from another country.",
    format: "Not how that country writes them.",
    length: "Too few or too many characters.",
    checksum: "The check digits do not add up.",
  },
  iban: {
    country: "No IBAN begins with these letters.",
    format: "Not how that country writes them.",
    length: "Too few or too many characters.",
    checksum: "The check digits do not add up.",
  },
  date: { characters: "Only digits and separators.", format: "Year, month, day: 2026-02-28.", range: "Only years from 1900 to 2099." },
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
