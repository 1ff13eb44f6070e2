import type { Moves } from "./moves.ts";
import { Rows } from "./rows.ts";

/**
 * The rows of a module that was hardened, from those that it had before. What was added belongs to the instruction that it
 * stands before.
 */
export function carried(before: Rows, { list, count }: Moves): Rows {
  const rows = new Rows(before.files);
  for (let move = 0; move < count; move++) {
    const [offset, from, length] = [list[move * 3]!, list[move * 3 + 1]!, list[move * 3 + 2]!];
    let row = before.find(from);
    rows.take(offset, before, row);
    while (++row < before.length && before.offset(row) <= from + length) rows.take(before.offset(row) - from + offset, before, row);
  }
  return rows;
}
