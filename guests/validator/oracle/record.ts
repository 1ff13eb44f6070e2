import type { Field } from "./fields.ts";
import type { RecordCode } from "./outcome.ts";

/** A record's members, of which only the fields matter; or what is wrong with it. Section 2 of the rules, from `json` on. */
export function read(text: string): Partial<Record<Field, unknown>> | RecordCode {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "json";
  }
  if (isDeep(text)) return "json";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "object";
  return value;
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
