import type { As } from "@isopod/core";

/** What is written: bytes as they came, and whether a terminal wants a line's end after them. */
export interface Written {
  readonly data: string | Uint8Array;
  readonly text: boolean;
}

/** An operation's result for standard output. */
export function written(result: unknown, as: As): Written {
  if (result instanceof Uint8Array) return { data: result, text: isText(result) };
  if (as === "json") return { data: json(result), text: true };
  return { data: Array.isArray(result) ? result.map(number).join(" ") : number(result), text: true };
}

/** JSON with bigints as the numbers that they are. */
function json(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value) && value.some((item) => typeof item === "bigint")) return `[${value.map(json).join(",")}]`;
  return JSON.stringify(value) ?? "null";
}

function number(value: unknown): string {
  if (value === undefined) return "";
  return Object.is(value, -0) ? "-0" : String(value);
}

function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Whether a terminal would go on in the same line. */
export function endsLine({ data }: Written): boolean {
  return typeof data === "string" ? data.endsWith("\n") : data.at(-1) === 0x0a;
}
