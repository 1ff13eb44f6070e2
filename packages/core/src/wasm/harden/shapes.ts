/** The bits of an instruction that say its shape; above them is what it does to the stack. */
export const SHAPE = 15;

/** What follows an instruction that neither changes nor leads anywhere; of 4 or 8 bytes, how many. */
export const NOTHING = 0;
export const NUMBER = 1;
export const LOCAL = 2;
export const GLOBAL = 3;
/** A place in memory: alignment and offset. */
export const PLACE = 5;
/** All others. */
export const OTHER = 9;
/** A number, but engines call something for it; not below `OTHER`. */
export const CALLING = 13;

type Run = readonly [count: number, shape: number, effect?: number];

/** Calculations of one value and of two, by turns. */
const turns = (...counts: readonly number[]): Run[] => counts.map((count, index) => [count, NOTHING, -(index & 1)]);

/** Where vectors begin. */
export const VECTOR = 256;

/** By code, in runs; then by code of vectors, whose shape `vector` says. */
const RUNS: readonly Run[] = [
  [1, OTHER],
  [1, NOTHING], // nop
  [24, OTHER],
  [1, NOTHING, -1], // drop
  [1, NOTHING, -2], // select
  [4, OTHER],
  [1, LOCAL, 1], // local.get
  [1, LOCAL, -1], // local.set
  [1, LOCAL], // local.tee
  [1, GLOBAL, 1], // global.get
  [1, GLOBAL, -1], // global.set
  [1, CALLING], // table.get
  [1, CALLING, -2], // table.set
  [1, OTHER],
  [14, PLACE], // loads
  [9, PLACE, -2], // stores
  [1, NUMBER, 1], // memory.size
  [1, OTHER],
  [2, NUMBER, 1], // i32.const, i64.const
  [1, 4, 1],
  [1, 8, 1],
  ...turns(1, 10, 1, 22, 3, 15, 3, 15, 7, 7, 7, 7, 30),
  [12, OTHER],
  [1, NOTHING], // ref.is_null
  [46, OTHER],
  ...turns(11),
  [1, NOTHING, -2], // v128.store
  [1, NOTHING, 1], // v128.const
  ...turns(0, 2, 8, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 43, 1, 4),
  [1, NOTHING, -2], // v128.bitselect
  ...turns(1, 4),
  [4, NOTHING, -2], // stores of lanes
  ...turns(9, 2, 4, 9, 2, 4, 1, 1, 6, 1, 2, 2, 4, 9, 1, 11, 11, 21, 11, 21, 4, 8, 4, 8, 8),
];

/** Of each instruction, by its code: its shape in the lower four bits, and above them how many values there are more on the stack after it. */
export function shapes(): Int8Array {
  const all = new Int8Array(2 * VECTOR);
  let at = 0;
  for (const [count, shape, effect = 0] of RUNS) all.fill((effect << 4) | shape, at, (at += count));
  return all;
}

/** The place behind what follows an instruction of this shape. How long numbers may be, the engine says. */
export function behind(bytes: Uint8Array, at: number, shape: number): number {
  if ((shape & 3) === 0) return at + shape;
  // The seventh bit of an alignment says that a memory's index follows.
  for (let left = shape !== PLACE ? 1 : (bytes[at]! & 64) > 0 ? 3 : 2; left > 0; left--) while (bytes[at++]! > 127);
  return at;
}
