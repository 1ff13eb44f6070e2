/** The fields of a record, in the order of the plugin's verdicts. */
export const FIELDS = [
  { name: "name", label: "Name" },
  { name: "email", label: "E-mail" },
  { name: "phone", label: "Phone" },
  { name: "country", label: "Country" },
  { name: "postcode", label: "Postcode" },
  { name: "vat", label: "VAT number" },
  { name: "iban", label: "IBAN" },
  { name: "date", label: "Date" },
] as const;

export type FieldName = (typeof FIELDS)[number]["name"];
export type Fields = Partial<Record<FieldName, string>>;

/** As the plugin answers: see guests/validator/RULES.md, section 3. */
export interface Verdict {
  readonly ok: boolean;
  readonly errors?: Partial<Record<FieldName | "record", string>>;
  readonly normal: Fields;
}

/** The record as it is sent: empty fields are left out. */
export function write(fields: Fields): string {
  const filled = FIELDS.flatMap(({ name }) => (fields[name] ? [[name, fields[name]]] : []));
  return JSON.stringify(Object.fromEntries(filled));
}

/** The fields of a text, or undefined where it is no record. What is not a string is no field of this form. */
export function read(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(Object.entries(value).filter(([, field]) => typeof field === "string"));
  } catch {
    return undefined;
  }
}
