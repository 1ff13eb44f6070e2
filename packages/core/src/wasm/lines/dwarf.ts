import { Reader } from "../reader.ts";
import { fixed, signed } from "./bytes.ts";
import type { Code } from "./code.ts";
import { filesOf, type Texts } from "./dwarf-files.ts";
import { Rows } from "./rows.ts";

/** Files that were compiled: more of them is a lie, or a program that is no plugin. */
const MOST_UNITS = 50_000;

/** One function: its rows follow each other. */
type Sequence = readonly [start: number, first: number, end: number];

/**
 * The rows of `.debug_line`, versions 2 to 5. Each function is a sequence of its own, in any order. One that a linker has
 * left out begins at 0 or far away, and is left out here, too, as is one that runs into another. A unit that is broken
 * says nothing; those behind it do.
 *
 * ```text
 * size │ version │ size of the head │ how to read the program │ files │ program │ size …
 * ```
 */
export function dwarfRows(texts: Texts, code: Pick<Code, "from" | "to">): Rows {
  const rows = new Rows();
  const sequences: Sequence[] = [];
  const reader = new Reader(texts.line);
  const { length } = texts.line;
  for (let left = MOST_UNITS; left > 0 && reader.at + 4 <= length; left--) {
    reader.end = length;
    const end = fixed(reader, 4) + reader.at;
    // The wide form, which says so by a size beyond all others, is for more code than fits here.
    if (end > length) break;
    reader.end = end;
    const whole = rows.length;
    const known = sequences.length;
    try {
      unit(reader, texts, code, rows, sequences);
    } catch (error) {
      sequences.length = known;
      rows.cut(whole);
      if (error instanceof RangeError) break;
    }
    reader.at = end;
  }
  return sorted(rows, sequences);
}

/** In the order of the code. */
function sorted(rows: Rows, sequences: Sequence[]): Rows {
  const result = new Rows(rows.files);
  let last = 0;
  for (const [start, first, end] of sequences.sort(([a], [b]) => a - b)) {
    if (start < last) continue;
    for (let row = first; row < end; row++) result.take(rows.offset(row), rows, row);
    last = rows.offset(end - 1);
  }
  return result;
}

function unit(reader: Reader, texts: Texts, code: Pick<Code, "from" | "to">, rows: Rows, sequences: Sequence[]): void {
  const version = fixed(reader, 2);
  if (version < 2 || version > 5) throw reader.error("an unknown version");
  if (version === 5) reader.skip(2); // sizes of an address, which instructions say again, and of a segment's number
  const headed = fixed(reader, 4);
  const begin = reader.at + headed;
  const step = reader.byte();
  if (version > 3) reader.byte(); // instructions at a time, where that may be several
  reader.byte(); // whether rows are statements unless they say otherwise
  const base = reader.byte() << 24 >> 24;
  const range = reader.byte();
  const opcodes = reader.byte();
  const operands = [0];
  for (let opcode = 1; opcode < opcodes; opcode++) operands.push(reader.byte());
  if (range === 0) throw reader.error("a range of no lines");
  const name = filesOf(reader, version, texts);
  reader.at = 0;
  reader.skip(begin);

  const numbers = new Map<number, number>();
  const numberOf = (file: number): number => {
    let number = numbers.get(file);
    if (number !== undefined) return number;
    number = rows.file(() => name(file));
    if (number >= 0) numbers.set(file, number);
    return number;
  };
  const size = code.to - code.from;
  let [address, file, line, column, first, begun] = [0, 1, 1, 0, rows.length, false];
  /** The sequence goes back, or beyond the code. */
  let lost = false;
  const move = (by: number): void => {
    address += by;
    lost ||= by < 0 || !(address <= size);
  };
  const add = (): void => {
    if (!begun) {
      begun = true;
      first = rows.length;
      // Where no code can be: before the first function stands how many there are.
      lost ||= address <= 0 || address > size;
    }
    if (!lost) rows.push(code.from + address, numberOf(file), line, column);
  };
  const end = (): void => {
    if (begun && !lost) {
      rows.end(code.from + address);
      sequences.push([rows.offset(first), first, rows.length]);
    } else if (begun) rows.cut(first);
    [address, file, line, column, begun, lost, first] = [0, 1, 1, 0, false, false, rows.length];
  };

  while (reader.at < reader.end) {
    const opcode = reader.byte();
    if (opcode >= opcodes) {
      move(Math.floor((opcode - opcodes) / range) * step);
      line += base + ((opcode - opcodes) % range);
      add();
    } else if (opcode === 0) {
      const length = reader.count(Infinity);
      const next = reader.at + length;
      const what = length > 0 ? reader.byte() : 0;
      if (what === 1) end();
      else if (what === 2) {
        const to = fixed(reader, Math.min(length - 1, 8));
        if (begun) move(to - address);
        else address = to;
      }
      reader.at = next;
    } else if (opcode === 1) add();
    else if (opcode === 2) move(reader.number(64) * step);
    else if (opcode === 3) line += signed(reader);
    else if (opcode === 4) file = reader.number(64);
    else if (opcode === 5) column = reader.number(64);
    else if (opcode === 8) move(Math.floor((255 - opcodes) / range) * step);
    else if (opcode === 9) move(fixed(reader, 2));
    else for (let left = operands[opcode]!; left > 0; left--) reader.number(64);
  }
  // A sequence without an end may go on anywhere.
  if (begun) rows.cut(first);
}
