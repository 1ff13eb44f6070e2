import { posix } from "node:path";

/**
 * Where a chunk and the emitted file will lie is known only when chunks are written. Until then a mark stands for the
 * address, in a string or as the specifier of an import that is left alone: `isopod-file:<key>`.
 */
const MARK = "isopod-file:";
const MARKS = /\bisopod-file:([\w$.-]+)/g;

/** @param key letters, digits and `_ $ . -` */
export function mark(key: string): string {
  return MARK + key;
}

export function isMark(specifier: string): boolean {
  return specifier.startsWith(MARK);
}

/** Every mark in a piece of code: where it begins, how long it is, its key. */
export function marksIn(code: string): { at: number; length: number; key: string }[] {
  return Array.from(code.matchAll(MARKS), (match) => ({ at: match.index, length: match[0].length, key: match[1]! }));
}

/** The address of an emitted file from a chunk; both are names relative to the output folder. */
export function addressFrom(chunk: string, file: string): string {
  const path = posix.relative(posix.dirname(chunk), file);
  return path.startsWith(".") ? path : `./${path}`;
}
