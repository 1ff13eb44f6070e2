import type { Reader } from "../reader.ts";
import type { FunctionType } from "../types.ts";
import { valueType } from "../typing.ts";
import { UNNAMED, type Edits } from "./edits.ts";
import { INVALID, type Outline } from "./outline.ts";
import { mustBeAllowed } from "./policy.ts";
import { behind, GLOBAL, LOCAL, SHAPE, shapes } from "./shapes.ts";

export const NONE: FunctionType = { params: [], results: [] };
const ONE: FunctionType = { params: [], results: ["i32"] };

/**
 * Reads what follows an instruction's code. Every index into a space that hardening adds to (functions, globals, types,
 * locals) is checked, because one that was beyond the end of it would afterwards name something of ours.
 */
export class Operands {
  readonly shapes: Int8Array = shapes();
  readonly #reader: Reader;
  readonly #outline: Outline;
  readonly #edits: Edits;

  constructor(reader: Reader, outline: Outline, edits: Edits) {
    this.#reader = reader;
    this.#outline = outline;
    this.#edits = edits;
  }

  /** Reads to the `end` of an initialiser: a constant, the value of a global, a reference, or a sum of some. */
  constant(): void {
    const reader = this.#reader;
    for (;;) {
      const code = reader.byte();
      if (code === 0x0b) return;
      if (code === 0xd2) this.#outline.entered[this.named(reader.at, UNNAMED)] = true;
      else if (code === 0xfd) {
        if (reader.number() !== 12) throw reader.error(INVALID);
        reader.skip(16);
      } else if (code === 0x23) this.below(this.#outline.globals);
      else if (code === 0xd0) this.types(1);
      else if (code > 0x40 && code < 0x45) reader.at = this.past(reader.at, this.shapes[code]! & SHAPE, 0);
      else if (!(code > 0x69 && code < 0x6d) && !(code > 0x7b && code < 0x7f)) throw reader.error(INVALID);
    }
  }

  /** The place behind what follows an instruction, if it is in bounds. */
  past(at: number, shape: number, locals: number): number {
    if (shape !== LOCAL && shape !== GLOBAL) return behind(this.#reader.bytes, at, shape);
    this.#reader.at = at;
    this.below(shape === LOCAL ? locals : this.#outline.globals);
    return this.#reader.at;
  }

  below(limit: number): number {
    const index = this.#reader.number();
    if (index >= limit) throw this.#reader.error(`${index} is unknown`);
    return index;
  }

  /** The index of a function. The import that is added moves the module's own up by one. */
  named(from: number, kind: number): number {
    const index = this.below(this.#outline.functions.length);
    if (index >= this.#outline.imported) this.#edits.note(kind, from, this.#reader.at, index + 1);
    return index;
  }

  /** Empty, a type of value, or the index of a type. */
  blockType(): FunctionType {
    const reader = this.#reader;
    const code = reader.bytes[reader.at]!;
    if (code > 0x40 && code < 0x80) {
      this.types(1);
      return ONE;
    }
    if (code !== 0x40) return reader.pick(this.#outline.types);
    reader.at++;
    return NONE;
  }

  types(count: number): void {
    const reader = this.#reader;
    for (; count > 0; count--) {
      const code = reader.bytes[reader.at]!;
      if (code < 0x7b) mustBeAllowed([code]);
      valueType(reader);
    }
  }
}
