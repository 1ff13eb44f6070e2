import { country } from "./country.ts";
import { date } from "./date.ts";
import { email } from "./email.ts";
import { codePoints, fold, tidy } from "./fold.ts";
import { iban } from "./iban.ts";
import { name } from "./name.ts";
import { type Force, type Outcome, wrong } from "./outcome.ts";
import { phone } from "./phone.ts";
import { postcode } from "./postcode.ts";
import { vat } from "./vat.ts";

/** In the order of every output. */
export const FIELDS = ["name", "email", "phone", "country", "postcode", "vat", "iban", "date"] as const;

export type Field = (typeof FIELDS)[number];

/** Judges what a record gives a field, if it does; section 4 of the rules. */
export function judge(field: Field, value: unknown, force: Force): Outcome {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") return wrong("type");
  if (codePoints(value) > 256) return wrong("length");
  const text = field === "name" ? tidy(value) : fold(value);
  if (text === "") return undefined;
  if (field === "name") return name(text);
  if (/[^ -~]/.test(text)) return wrong("characters");
  switch (field) {
    case "email":
      return email(text);
    case "phone":
      return phone(text, force);
    case "country":
      return country(text);
    case "postcode":
      return postcode(text, force);
    case "vat":
      return vat(text, force);
    case "iban":
      return iban(text);
    case "date":
      return date(text, force.code);
  }
}
