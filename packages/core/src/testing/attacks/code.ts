/** Instructions as bytes, the few that the attacks are written in. A body is a list of these, flattened. */
export type Code = readonly (number | Code)[];

/** Unsigned LEB128, of at least `width` bytes: padding is how a module lies about nothing and looks odd. */
export function leb(value: number | bigint, width = 1): number[] {
  const bytes: number[] = [];
  for (let rest = BigInt(value); rest > 0n || bytes.length < width; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes[bytes.length - 1]! &= 127;
  return bytes;
}

/** Signed LEB128, as constants are written. */
export function signed(value: number | bigint): number[] {
  const bytes: number[] = [];
  for (let rest = BigInt(value); ; rest >>= 7n) {
    const byte = Number(rest & 127n);
    const last = (rest >> 7n === 0n && (byte & 64) === 0) || (rest >> 7n === -1n && (byte & 64) !== 0);
    bytes.push(last ? byte : byte | 128);
    if (last) return bytes;
  }
}

/** Of a name, or of any bytes whose length stands before them. */
export function sized(bytes: ArrayLike<number> & Iterable<number>): number[] {
  return [...leb(bytes.length), ...bytes];
}

export const i32 = (value: number): Code => [0x41, ...signed(value | 0)];
export const i64 = (value: bigint): Code => [0x42, ...signed(BigInt.asIntN(64, value))];
export const get = (local: number): Code => [0x20, ...leb(local)];
export const set = (local: number): Code => [0x21, ...leb(local)];
export const call = (index: number): Code => [0x10, ...leb(index)];
export const br = (depth: number): Code => [0x0c, ...leb(depth)];
export const brIf = (depth: number): Code => [0x0d, ...leb(depth)];
export const block = (...body: Code): Code => [0x02, 0x40, body, 0x0b];
export const loop = (...body: Code): Code => [0x03, 0x40, body, 0x0b];
/** Catches whatever is thrown in `body`, JavaScript's exceptions included. Both give what `type` says, nothing by default. */
export const caught = (body: Code, handler: Code, type = 0x40): Code => [0x06, type, body, 0x19, handler, 0x0b];
export const forever = (...body: Code): Code => loop(body, br(0));
/** Adds one to a local, and goes round again while it is below `count`. */
export const times = (local: number, count: number, ...body: Code): Code => loop(body, get(local), i32(1), 0x6a, 0x22, ...leb(local), i32(count), 0x49, brIf(0));

export const unreachable = 0x00;
export const drop = 0x1a;
export const add = 0x6a;
export const extend: Code = [0xad]; // i64.extend_i32_u
export const wrap = 0xa7; // i32.wrap_i64
export const memorySize: Code = [0x3f, 0];
export const grow: Code = [0x40, 0];
export const fill: Code = [0xfc, 11, 0];
export const copy: Code = [0xfc, 10, 0, 0];
export const load = (offset = 0): Code => [0x28, 2, ...leb(offset)];
export const load8 = (offset = 0): Code => [0x2d, 0, ...leb(offset)];
export const store = (offset = 0): Code => [0x36, 2, ...leb(offset)];
export const store8 = (offset = 0): Code => [0x3a, 0, ...leb(offset)];
/** `at` and `length`, as the ABI packed returns them. */
export const pack = (at: Code, length: Code): Code => [at, extend, i64(32n), 0x86, length, extend, 0x84];
