import { Numbers } from "./numbers.ts";
import type { Writer } from "./writer.ts";

/** The bytes there give way to another index. */
export const INDEX = 0;
/** The instruction there gives way to a call. */
export const CALL = 1;
/** A loop begins there. */
export const LOOP = 2;
/** A loop ends there. */
export const END = 3;
/** Code begins there that may be passed by. */
export const REGION = 4;
/** The function is left there: by `return`, by a tail call or (value 1) an exception, at its end. */
export const RETURN = 5;
export const LEAVE = 6;
export const CLOSE = 7;

/** Writes what is not the same in every function. */
export type Write = (kind: number, value: number, from: number, to: number) => void;

/**
 * What changes in a binary, in the order of the file: where, how many bytes go, and what comes instead. Noted in one
 * pass over the module and made in the next, so that code is taken apart once.
 */
export class Edits {
  /** Three numbers each: place, length × 8 + kind, value. */
  readonly #list = new Numbers();
  #next = 0;

  note(kind: number, from: number, to: number, value: number): void {
    this.#list.push(from);
    this.#list.push((to - from) * 8 + kind);
    this.#list.push(value);
  }

  /** Copies from one place to another and makes the changes noted between them; `units` says which regions are free. */
  copy(out: Writer, source: Uint8Array, from: number, to: number, units?: Int32Array, write?: Write): void {
    const { list, length } = this.#list;
    let at = from;
    let next = this.#next;
    for (; next < length && list[next]! < to; next += 3) {
      const place = list[next]!;
      const kind = list[next + 1]! & 7;
      const end = place + (list[next + 1]! >>> 3);
      const value = list[next + 2]!;
      if (kind === REGION && units![value] === 0) continue;
      out.copy(source, at, place);
      if (kind === INDEX) out.number(value);
      else if (kind === CALL) out.op(0x10, value);
      else if (kind === END) out.put(0x0b);
      else write?.(kind, value, place, end);
      at = end;
    }
    this.#next = next;
    out.copy(source, at, to);
  }
}
