import { Numbers } from "../harden/numbers.ts";

/** Most of anything that is kept for one module: 32 MiB of rows. What goes beyond has no lines. */
export const MOST_ROWS = 1 << 21;
/** Of one unit, too: each file or folder of a table that is kept. */
export const MOST_FILES = 10_000;
/** Characters of paths that are read, each with some more for the reading: units name the same files again and again. */
const MOST_READ = 1 << 22;
const READING = 16;
/** Characters of a path; of a longer one its end is shown. */
const MOST_PATH = 256;

/** Numbers of one row. */
const WIDTH = 4;
const NONE = -1;

/**
 * Where code comes from. Each row is a stretch of code, from its offset to that of the next one, and the place in a file
 * that it was made of, or none.
 *
 * ```text
 * offset  file  line  column
 *    240     0    12       5    digit.c:12:5
 *    247    -1                  nobody says
 * ```
 */
export class Rows {
  readonly files: string[];
  readonly #numbers = new Map<string, number>();
  readonly #list = new Numbers();
  #left = MOST_READ;

  /** @param files those of other rows, to `take` them */
  constructor(files: string[] = []) {
    this.files = files;
  }

  get length(): number {
    return this.#list.length / WIDTH;
  }

  /** Takes back the rows behind the first so many. */
  cut(length: number): void {
    this.#list.length = length * WIDTH;
  }

  offset(row: number): number {
    return this.#list.list[row * WIDTH]!;
  }

  /**
   * The number of a file, for `push`; −1 where it has no path, and where there are too many.
   *
   * @param read gives the path, and is not asked where too much has been read
   */
  file(read: () => string | undefined): number {
    if (this.#left < 0) return NONE;
    const path = read();
    this.#left -= READING + (path?.length ?? 0);
    if (path === undefined) return NONE;
    const shown = printable(path);
    let number = this.#numbers.get(shown);
    if (number === undefined) {
      if (this.files.length === MOST_FILES) return NONE;
      this.#numbers.set(shown, (number = this.files.push(shown) - 1));
    }
    return number;
  }

  /**
   * A stretch begins. What is no place in a file is none: line 0, for one, is what compilers give to code that they added.
   *
   * @param file of `file`
   * @throws RangeError where there are too many
   */
  push(offset: number, file: number, line: number, column: number): void {
    if (this.length === MOST_ROWS) throw new RangeError("too many rows");
    this.#list.push(offset);
    if (file >= 0 && line > 0 && line <= 0x7fff_ffff) this.#list.three(file, line, column > 0 && column <= 0x7fff_ffff ? column : 0);
    else this.#list.three(NONE, 0, 0);
  }

  /** Code begins that nobody says anything about. */
  end(offset: number): void {
    this.push(offset, NONE, 0, 0);
  }

  /** Takes over a row, or where there is none code that nobody says anything about, for an offset behind all that are here. */
  take(offset: number, from: Rows, row: number): void {
    const last = this.length - 1;
    // Of two that begin at the same place the second is meant, and one that says the same as before says nothing.
    if (last >= 0 && this.offset(last) === offset) this.cut(last);
    else if (last >= 0 && this.#says(last, from, row)) return;
    const [file, line, column] = from.place(row) ?? [NONE, 0, 0];
    this.push(offset, file, line, column);
  }

  #says(own: number, from: Rows, row: number): boolean {
    const [list, others, at, other] = [this.#list.list, from.#list.list, own * WIDTH, row * WIDTH];
    if (row < 0) return list[at + 1] === NONE;
    return list[at + 1] === others[other + 1] && list[at + 2] === others[other + 2] && list[at + 3] === others[other + 3];
  }

  /** The row that an offset is in, or −1. */
  find(offset: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.offset(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** What a row says: the file's number, line and column; undefined where it says nothing. */
  place(row: number): readonly [file: number, line: number, column: number] | undefined {
    const at = row * WIDTH;
    const { list } = this.#list;
    return row < 0 || list[at + 1]! < 0 ? undefined : [list[at + 1]!, list[at + 2]!, list[at + 3]!];
  }

  /** `digit.c:12:5` */
  text(offset: number): string | undefined {
    const [file, line, column] = this.place(this.find(offset)) ?? [];
    if (file === undefined) return undefined;
    return `${this.files[file]!}:${line}${column! > 0 ? `:${column}` : ""}`;
  }

  /** Gives back the room to grow. */
  trim(): this {
    this.#list.list = this.#list.list.slice(0, this.#list.length);
    this.#numbers.clear();
    return this;
  }
}

/** Paths are the plugin's words, in a message of ours. */
function printable(path: string): string {
  const end = path.length > MOST_PATH ? `…${path.slice(1 - MOST_PATH)}` : path;
  return end.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\uFFFD");
}
