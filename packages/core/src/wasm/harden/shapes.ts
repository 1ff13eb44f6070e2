/** What follows an instruction that neither changes nor leads anywhere; of 4 or 8 bytes, how many. */
export const NOTHING = 0;
export const NUMBER = 1;
export const LOCAL = 2;
export const GLOBAL = 3;
/** A place in memory: alignment and offset. */
export const PLACE = 5;
/** All others. */
export const OTHER = 9;

/** By code, in runs. */
const RUNS: readonly (readonly [count: number, shape: number, effect?: number])[] = [
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
  [1, NUMBER], // table.get
  [1, NUMBER, -2], // table.set
  [1, OTHER],
  [14, PLACE], // loads
  [9, PLACE, -2], // stores
  [1, NUMBER, 1], // memory.size
  [1, OTHER],
  [2, NUMBER, 1], // i32.const, i64.const
  [1, 4, 1],
  [1, 8, 1],
  // Calculations of one value and of two, by turns.
  ...[1, 10, 1, 22, 3, 15, 3, 15, 7, 7, 7, 7, 30].map((count, index) => [count, NOTHING, -(index & 1)] as const),
  [12, OTHER],
  [1, NOTHING], // ref.is_null
  [46, OTHER],
];

/** Of each instruction, by its code: its shape in the lower four bits, and above them how many values there are more on the stack after it. */
export function shapes(): Int8Array {
  const all = new Int8Array(256);
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
