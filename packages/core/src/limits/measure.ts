import { encode } from "../memory/text.ts";

/** Bytes of a text as UTF-8; exact where that decides whether they are more than `cap`. */
export function sizeOf(text: string, cap: number): number {
  const { length } = text;
  return length * 3 <= cap || length > cap ? length : encode(text).length;
}

/** As much of the text as fits into so many bytes. */
export function cut(text: string, room: number): string {
  return text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(Math.min(room, text.length * 3))).read);
}
