import { decodeLossy } from "../../memory/text.ts";
import type { Reader } from "../reader.ts";

/** Longest text that is looked for the end of: of a path no more than its last 256 characters are shown. */
const MOST_TEXT = 512;

/** A number of so many bytes, the lowest first. Above 2^53 the nearest double. */
export function fixed(reader: Reader, size: number): number {
  let value = 0;
  for (let at = 0; at < size; at++) value += reader.byte() * 2 ** (8 * at);
  return value;
}

/** A signed LEB128 number: `7F` → −1. Above 2^53 the nearest double. */
export function signed(reader: Reader): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    if (shift > 63) throw reader.error("a number is too long");
    const byte = reader.byte();
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return byte & 64 ? value - 2 ** (shift + 7) : value;
  }
}

/** Moves over a text and the zero behind it, and gives where it began. */
export function overText(reader: Reader): number {
  const from = reader.at;
  while (reader.byte() !== 0);
  return from;
}

/** The text that begins there and ends with a zero; undefined where none does. */
export function textAt(bytes: Uint8Array, from: number): string | undefined {
  const near = bytes.subarray(from, from + MOST_TEXT);
  const end = near.indexOf(0);
  // A copy, because browsers decode nothing that lies in a shared buffer.
  return end < 0 ? undefined : decodeLossy(near.slice(0, end));
}
