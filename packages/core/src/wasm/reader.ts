import { failure, type IsopodError } from "../errors.ts";
import { decode } from "../memory/text.ts";
import { MAX_NAME } from "./bounds.ts";

/** Reads what the binary format is made of, between `at` and `end` and never outside of them. */
export class Reader {
  readonly bytes: Uint8Array;
  at = 0;
  end: number;
  /** What is being read, for messages. */
  where = "outline";
  /** Codes of the types that were read: what they show, `survey` says. */
  readonly marks: Set<number> = new Set();

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  /** For the caller to throw. */
  error(sentence: string): IsopodError {
    return failure("bad_module", `this is no WebAssembly: ${sentence} (${this.where}, byte ${this.at})`);
  }

  /** Moves over this many bytes, and gives where they began. */
  skip(length: number): number {
    const from = this.at;
    if (length > this.end - from) throw this.error("it ends too early");
    this.at += length;
    return from;
  }

  byte(): number {
    if (this.at >= this.end) throw this.error("it ends too early");
    return this.bytes[this.at++]!;
  }

  /**
   * An unsigned LEB128 number. Padding is legal up to the length that the width needs, and no bit may lie beyond the
   * width. Above 2^53 the result is the nearest double.
   *
   * `E5 8E 26` → 0x65 + 0x0E × 2^7 + 0x26 × 2^14 = 624485
   */
  number(width = 32): number {
    // Most are short, and there are very many.
    if (this.bytes[this.at]! < 128) return this.byte();
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      // In the last byte that the width allows, the bit that asks for another one lies beyond the width, too.
      if (shift > width - 7 && byte >> (width - shift)) throw this.error("a number is too long");
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  /** Refuses more of something than there may be. */
  bound(count: number, limit: number): void {
    if (count > limit) throw this.error(`${count} is more than the ${limit} allowed`);
  }

  /** A length or a count. What it counts takes a byte at least, so that more of it than bytes are left is a lie. */
  count(limit: number): number {
    const count = this.number();
    this.bound(count, limit);
    this.at = this.skip(count);
    return count;
  }

  list<T>(limit: number, read: (reader: Reader) => T): T[] {
    const count = this.count(limit);
    const items: T[] = [];
    while (items.length < count) items.push(read(this));
    return items;
  }

  name(): string {
    const from = this.skip(this.count(MAX_NAME));
    try {
      // A copy, because browsers decode nothing that lies in a shared buffer.
      return decode(this.bytes.slice(from, this.at));
    } catch {
      throw this.error("a name is not UTF-8");
    }
  }

  /** What an index or a code stands for; by default the one that comes next. */
  pick<T>(items: readonly (T | undefined)[], index: number = this.number()): T {
    const item = items[index];
    if (item === undefined) throw this.error(`${index} is unknown`);
    return item;
  }
}
