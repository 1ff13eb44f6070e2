import type { ValueType } from "../types.ts";
import type { Outline } from "./outline.ts";
import { Writer } from "./writer.ts";

/** `ref` is that of exceptions: no other is let in. */
const CODES: Record<ValueType, number> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b, funcref: 0x70, externref: 0x6f, ref: 0x69 };

/** Types that hardening adds to those of a module. */
export class Types {
  readonly list: (readonly number[])[] = [];
  readonly #known = new Map<string, number>();
  readonly #blocks = new Map<number, Uint8Array>();
  readonly #outline: Outline;

  constructor(outline: Outline) {
    this.#outline = outline;
  }

  /** The index of a type, in the binary format. */
  of(type: readonly number[]): number {
    const key = type.join();
    let index = this.#known.get(key);
    if (index === undefined) this.#known.set(key, (index = this.#outline.types.length + this.list.push(type) - 1));
    return index;
  }

  /** The type of a block that leaves what functions of this type return. */
  block(type: number): Uint8Array {
    let block = this.#blocks.get(type);
    if (!block) {
      const codes = this.#outline.types[type]!.results.map((result) => CODES[result]);
      block = codes.length < 2 ? Uint8Array.of(codes[0] ?? 0x40) : new Writer().number(this.of([0x60, 0, ...new Writer().number(codes.length).written, ...codes])).written;
      this.#blocks.set(type, block);
    }
    return block;
  }
}
