import { Rows } from "./rows.ts";

/** Bytes of an address that holds a map: what JSON makes of them may take very much more. */
export const MOST_MAP = 4 << 20;

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * The rows of a source map. Lines and columns are counted from 0 there. What says where sources lie (`sourceRoot`) is left
 * out: of a map on disk it names the folder of the module.
 *
 * ```text
 * 6JC0QkB,E  →  at 157: source 1, line 266, column 18 · at 159: nobody says
 * ```
 *
 * @param map JSON, or its text
 * @throws whatever is thrown by what is none
 */
export function mapRows(map: unknown): Rows {
  const { sources, mappings } = (typeof map === "string" ? JSON.parse(map) : map) as { sources: unknown[]; mappings: string };
  const rows = new Rows();
  const numbers = new Map<number, number>();
  const numberOf = (source: number): number => {
    let number = numbers.get(source);
    if (number !== undefined) return number;
    const path = sources[source];
    number = rows.file(() => (typeof path === "string" ? path : undefined));
    if (number >= 0) numbers.set(source, number);
    return number;
  };
  /** Column, source, line and column there, name: each counts on from the one before. */
  const sums = [0, 0, 0, 0, 0];
  let [field, value, shift, last] = [0, 0, 0, -1];
  const segment = (): void => {
    const [offset, source, line, column] = sums as [number, number, number, number];
    if (field === 0) return;
    if (offset < last || offset > 0x7fff_ffff) throw new SyntaxError("columns go back");
    last = offset;
    if (field === 1) rows.end(offset);
    else rows.push(offset, numberOf(source), line + 1, column + 1);
    field = 0;
  };
  for (let at = 0; at < mappings.length; at++) {
    const character = mappings[at]!;
    if (character === ";") break; // a second line
    if (character === ",") {
      segment();
      continue;
    }
    const digit = DIGITS.indexOf(character);
    if (digit < 0 || shift > 30 || field > 4) throw new SyntaxError("no such mapping");
    value += (digit & 31) * 2 ** shift;
    if (digit & 32) shift += 5;
    else {
      // The lowest bit is the sign.
      sums[field++]! += value % 2 === 1 ? -Math.floor(value / 2) : value / 2;
      value = shift = 0;
    }
  }
  segment();
  return rows;
}

/**
 * The JSON of a map in an address that holds it all, as a module can carry it; undefined for any other, which nobody fetches.
 *
 * @throws what is thrown by what is no such text
 */
export function mapIn(address: string): string | undefined {
  const [, kind = "", text = ""] = /^data:([^,]*),([^]*)$/.exec(address) ?? [];
  if (kind === "") return undefined;
  if (!kind.endsWith(";base64")) return decodeURIComponent(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return new TextDecoder().decode(bytes);
}

/** The same as a map again. */
export function mapOf(rows: Rows): string {
  const segments: string[] = [];
  const before = [0, 0, 0, 0];
  for (let row = 0; row < rows.length; row++) {
    const [file, line, column = 0] = rows.place(row) ?? [];
    // A place without a column is as good as its first.
    const fields = file === undefined ? [rows.offset(row)] : [rows.offset(row), file, line! - 1, Math.max(column - 1, 0)];
    segments.push(fields.map((field, index) => digits(field - before[index]!)).join(""));
    for (const [index, field] of fields.entries()) before[index] = field;
  }
  return JSON.stringify({ version: 3, sources: rows.files, names: [], mappings: segments.join(",") });
}

/** 5 → 10 → `K`; −1 → 3 → `D` */
function digits(value: number): string {
  let text = "";
  let left = Math.abs(value) * 2 + (value < 0 ? 1 : 0);
  do {
    const more = left > 31;
    text += DIGITS[(left & 31) + (more ? 32 : 0)];
    left = Math.floor(left / 32);
  } while (left > 0);
  return text;
}
