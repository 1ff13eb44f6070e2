import { FIELDS, type Field } from "./fields.ts";
import type { RecordCode } from "./outcome.ts";

/** The members of a record that are fields, the null ones left out; or what is wrong with it. Section 2 of the rules, from `json` on. */
export function read(text: string): Partial<Record<Field, unknown>> | RecordCode {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "json";
  }
  if (isDeep(text)) return "json";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "object";
  const members = value as Partial<Record<Field, unknown>>;
  return Object.fromEntries(FIELDS.filter((field) => (members[field] ?? null) !== null).map((field) => [field, members[field]]));
}

/** Whether brackets nest more than 64 deep in a text that is known to be JSON. */
function isDeep(json: string): boolean {
  let depth = 0;
  for (const [token] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/g)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    if (depth > 64) return true;
  }
  return false;
}
