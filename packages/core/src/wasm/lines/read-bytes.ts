import { carried } from "./carry.ts";
import { codeOf, type Code } from "./code.ts";
import { dwarfRows } from "./dwarf.ts";
import { movesOf } from "./moves.ts";
import { ownRows, readBuilt, type Read, type Told } from "./read-built.ts";
import type { Rows } from "./rows.ts";

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/** Of bytes: DWARF as well, which counts from where the code begins, and of a module that is hardened where it is now. */
export const readBytes: Read = (told) => {
  const { bytes, policy } = told;
  if (!bytes) return readBuilt(told);
  const code = codeOf(bytes);
  const moves = policy && movesOf(bytes, policy);
  let rows: Rows | undefined;
  try {
    const before = rowsOf(told, code);
    rows = before && moves ? carried(before, moves) : before;
  } catch {
    // Broken, or too much of it: no lines, but the code is where it is.
  }
  return { rows, starts: (moves ?? code).starts, helpers: moves?.helpers };
};

/** By the application's map, by what the compiler wrote for debuggers, or by a map in the module itself. */
export function rowsOf({ map, sections }: Told, code: Code): Rows | undefined {
  const own = ownRows(map);
  if (own) return own;
  const line = sections(".debug_line");
  if (line) return dwarfRows({ line, lineStr: sections(".debug_line_str") ?? NOTHING, str: sections(".debug_str") ?? NOTHING }, code);
  return readBuilt({ sections }).rows;
}
