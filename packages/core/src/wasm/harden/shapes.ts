/**
 * By code, what follows an instruction that neither changes nor leads anywhere: none or one number, 4 or 8 bytes, an
 * index of a local or a global, or a place in memory. `x` for all others.
 */
export const SHAPES: string = /* @__PURE__ */ [
  ["00", 1], // unreachable, nop
  ["x", 24],
  ["00", 1], // drop, select
  ["x", 4],
  ["lll", 1], // local.get, local.set, local.tee
  ["gg", 1], // global.get, global.set
  ["11x", 1], // table.get, table.set
  ["m", 23], // loads and stores
  ["1x", 1], // memory.size
  ["1148", 1], // constants
  ["0", 128], // calculations
  ["x", 12],
  ["0", 1], // ref.is_null
  ["x", 46],
]
  .map(([shape, count]) => (shape as string).repeat(count as number))
  .join("");
