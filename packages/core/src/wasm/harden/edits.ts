import { Numbers } from "./numbers.ts";

/** The bytes there give way to another index. */
export const INDEX = 0;
/** The same of a function that is not called by it: it may have a door. */
export const UNNAMED = 9;
/** The instruction there gives way to a call. */
export const CALL = 1;
/** A loop begins there. */
export const LOOP = 2;
/** A loop ends there. */
export const END = 3;
/** A branch out of loops, whose label is further away. */
export const LABEL = 8;
/** Code begins there that may be passed by. */
export const REGION = 4;
/** The function is left there: by `return`, by a tail call or (value 1) an exception, at its end. */
export const RETURN = 5;
export const LEAVE = 6;
export const CLOSE = 7;

/** What copying writes to. */
export interface Out {
  copy(source: Uint8Array, from: number, to: number): unknown;
  number(value: number): unknown;
  op(code: number, index: number): unknown;
}

/** Writes what is not the same in every function, and says from where on to copy if not from `to`. */
export type Write = (kind: number, value: number, from: number, to: number) => number | void;

/**
 * What changes in a binary, in the order of the file: where, how many bytes go, and what comes instead. Noted in one
 * pass over the module and made in the next, so that code is taken apart once.
 */
export class Edits {
  /** Three numbers each: place, length × 16 + kind, value. */
  readonly #list: Numbers;
  /** The edit that is made next. */
  next = 0;
  /** A function, as it is called by name in the code that is copied now, and what is called instead. */
  itself = 0;
  instead = 0;
  /** How many of the loops around what is copied now are written as two: of none, of the outermost, and so on. */
  readonly twice: number[] = [0];
  /** By index of a function, that of what is in front of it. */
  readonly doors: Map<number, number> = new Map();

  /** @param size of the module in bytes: one of four is about what it takes to note what changes in it */
  constructor(size: number) {
    this.#list = new Numbers((size >> 2) + 1024);
  }

  /** @param passed out of how many loops a label leads */
  note(kind: number, from: number, to: number, value: number, passed = 0): void {
    this.#list.three(from, (passed * 16 + to - from) * 16 + kind, value);
  }

  /** Copies from one place to another and makes the changes noted between them. By `units`, regions are free or not. */
  copy(out: Out, source: Uint8Array, from: number, to: number, units?: Int32Array, write?: Write): void {
    const { list, length } = this.#list;
    let at = from;
    while (this.next < length && list[this.next]! < to) {
      const next = this.next;
      const place = list[next]!;
      const what = list[next + 1]!;
      const kind = what & 15;
      const end = place + (kind === LABEL ? (what >>> 4) & 15 : what >>> 4);
      const value = list[next + 2]!;
      this.next += 3;
      if (kind === REGION && units![value] === 0) continue;
      out.copy(source, at, place);
      at = end;
      if (kind === INDEX) out.number(value === this.itself ? this.instead : value);
      else if (kind === LABEL) out.number(value + this.twice.at(-1)! - this.twice.at(-1 - (what >>> 8))!);
      else if (kind === UNNAMED) out.number(this.doors.get(value) ?? value);
      else if (kind === CALL) out.op(0x10, value);
      else at = write?.(kind, value, place, end) ?? end;
    }
    out.copy(source, at, to);
  }

  /** Leaves out what was noted before this place. */
  pass(to: number): void {
    while (this.next < this.#list.length && this.#list.list[this.next]! < to) this.next += 3;
  }
}
