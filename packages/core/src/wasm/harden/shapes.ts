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
const RUNS: readonly (readonly [count: number, shape: number])[] = [
  [1, OTHER],
  [1, NOTHING], // nop
  [24, OTHER],
  [2, NOTHING], // drop, select
  [4, OTHER],
  [3, LOCAL],
  [2, GLOBAL],
  [2, NUMBER], // table.get, table.set
  [1, OTHER],
  [23, PLACE], // loads and stores
  [1, NUMBER], // memory.size
  [1, OTHER],
  [2, NUMBER], // i32.const, i64.const
  [1, 4],
  [1, 8],
  [128, NOTHING], // calculations
  [12, OTHER],
  [1, NOTHING], // ref.is_null
  [46, OTHER],
];

/** The shape of each instruction, by its code. */
export function shapes(): Uint8Array {
  const all = new Uint8Array(256);
  let at = 0;
  for (const [count, shape] of RUNS) all.fill(shape, at, (at += count));
  return all;
}

/** The place behind what follows an instruction of this shape. How long numbers may be, the engine says. */
export function behind(bytes: Uint8Array, at: number, shape: number): number {
  if ((shape & 3) === 0) return at + shape;
  // The seventh bit of an alignment says that a memory's index follows.
  for (let left = shape !== PLACE ? 1 : (bytes[at]! & 64) > 0 ? 3 : 2; left > 0; left--) while (bytes[at++]! > 127);
  return at;
}
