import { join, HEADER } from "../attacks/binary.ts";
import { leb } from "../attacks/code.ts";

/** One section, or a body of the code section, as bytes without its length. */
export interface Part {
  readonly id: number;
  bytes: Uint8Array;
}

/** Takes a module apart; undefined where its frame is broken. */
export function sections(module: Uint8Array): Part[] | undefined {
  const parts: Part[] = [];
  let at = 8;
  while (at < module.length) {
    const id = module[at]!;
    const [size, next] = number(module, at + 1);
    if (next + size > module.length) return undefined;
    parts.push({ id, bytes: module.slice(next, next + size) });
    at = next + size;
  }
  return parts;
}

/** The bodies of a code section. */
export function bodies(code: Uint8Array): Uint8Array[] | undefined {
  const [count, first] = number(code, 0);
  const found: Uint8Array[] = [];
  let at = first;
  for (let left = count; left > 0; left--) {
    const [size, next] = number(code, at);
    if (next + size > code.length) return undefined;
    found.push(code.slice(next, next + size));
    at = next + size;
  }
  return found;
}

/** Where the instructions of a body begin, after its locals. */
export function afterLocals(body: Uint8Array): number {
  let [left, at] = number(body, 0);
  for (; left > 0 && at < body.length; left--) at = number(body, at)[1] + 1;
  return at;
}

export function assemble(parts: readonly Part[], width: () => number = () => 1): Uint8Array {
  return join([HEADER, ...parts.flatMap(({ id, bytes }) => [[id, ...leb(bytes.length, width())], bytes])]);
}

export function assembleBodies(all: readonly Uint8Array[]): Uint8Array {
  return join([leb(all.length), ...all.flatMap((body) => [leb(body.length), body])]);
}

/** An unsigned LEB128 and where it ends. */
export function number(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) break;
  }
  return [value, at];
}

/** The same module with maxima of its memories and tables, so that growth ends alike whoever counts it. */
export function bounded(module: Uint8Array, pages: number, elements: number): Uint8Array {
  const parts = sections(module);
  if (!parts) return module;
  for (const part of parts) {
    if (part.id === 5) part.bytes = capped(part.bytes, 0, pages) ?? part.bytes;
    if (part.id === 4) part.bytes = capped(part.bytes, 1, elements) ?? part.bytes;
  }
  return assemble(parts);
}

/** Of a list of one; what has more, or other flags, is left as it is. */
function capped(bytes: Uint8Array, head: number, cap: number): Uint8Array | undefined {
  const flags = bytes[1 + head];
  if (bytes[0] !== 1 || (flags !== 0 && flags !== 1)) return undefined;
  const [least, next] = number(bytes, 2 + head);
  const most = flags === 1 ? number(bytes, next)[0] : cap;
  return Uint8Array.from([...bytes.subarray(0, 1 + head), 1, ...leb(least), ...leb(Math.max(least, Math.min(most, cap)))]);
}
