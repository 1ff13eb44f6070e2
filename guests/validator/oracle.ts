/**
 * The record validator a second time, written from RULES.md alone, so that the plugin has somebody to be compared with.
 * Needs nothing of its runtime but the language.
 */
import { COUNTRIES } from "./oracle/country.ts";
import { type Field, FIELDS, judge } from "./oracle/fields.ts";
import { IBANS } from "./oracle/iban-table.ts";
import type { FieldCode, Force, RecordCode } from "./oracle/outcome.ts";
import { NUMBERING } from "./oracle/phone-table.ts";
import { POSTCODES } from "./oracle/postcode-table.ts";
import { read } from "./oracle/record.ts";
import { byteLength, decode, wellFormed } from "./oracle/utf8.ts";
import { VAT } from "./oracle/vat-table.ts";

const MAX_RECORD = 65_536;
const MAX_BATCH = 16_777_216;
const MAX_RECORDS = 65_536;

/** The verdict on one record. */
export function validate(record: string): string {
  const text = wellFormed(record);
  if (byteLength(text) > MAX_RECORD) return refuse("size");
  if (/^[ \t\r\n]*$/.test(text)) return refuse("empty");
  const fields = read(text);
  return typeof fields === "string" ? refuse(fields) : verdict(fields);
}

/** The verdict on one record as bytes, which may not be UTF-8. */
export function validateBytes(record: Uint8Array): string {
  if (record.length > MAX_RECORD) return refuse("size");
  const text = decode(record);
  return text === undefined ? refuse("utf8") : validate(text);
}

/** The verdicts on the lines of a text, a line each. */
export function validateMany(records: string): string {
  const lines = records.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const isTooMuch = lines.length > MAX_RECORDS || byteLength(wellFormed(records)) > MAX_BATCH;
  return (isTooMuch ? [refuse("size")] : lines.map(validate)).map((line) => `${line}\n`).join("");
}

/** What is supported, as JSON. */
export function rules(): string {
  const sorted = (codes: readonly string[]): string[] => [...new Set(codes)].sort();
  return JSON.stringify({
    fields: FIELDS,
    country: sorted(COUNTRIES),
    phone: sorted(NUMBERING.flatMap(({ countries }) => countries)),
    postcode: sorted(POSTCODES.map(([country]) => country)),
    vat: sorted(VAT.map(({ prefix }) => prefix)),
    iban: Object.fromEntries(Object.entries(IBANS).map(([country, [length]]) => [country, length])),
  });
}

const refuse = (record: RecordCode): string => JSON.stringify({ ok: false, errors: { record }, normal: {} });

function verdict(fields: Partial<Record<Field, unknown>>): string {
  const country = judge("country", fields.country, { code: undefined, broken: false });
  const force: Force = { code: country && "normal" in country ? country.normal : undefined, broken: country !== undefined && "error" in country };
  const errors: Partial<Record<Field, FieldCode>> = {};
  const normal: Partial<Record<Field, string>> = {};
  for (const field of FIELDS) {
    const outcome = judge(field, fields[field], force);
    if (outcome === undefined) continue;
    if ("error" in outcome) errors[field] = outcome.error;
    else normal[field] = outcome.normal;
  }
  return JSON.stringify(Object.keys(errors).length > 0 ? { ok: false, errors, normal } : { ok: true, normal });
}
