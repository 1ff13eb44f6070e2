import { encodeInto } from "./text.ts";

/**
 * Many byte strings in one buffer, so that a batch crosses to a worker as one block that is transferred, not as a list
 * that is cloned item by item.
 *
 * ```text
 * ["ab", "", "xyz"]
 * ├── 3 ──┼── 2 ──┼── 0 ──┼── 3 ──┼── a b x y z ──┤
 * count    lengths (u32)           bytes
 * ```
 */
export class BatchWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  readonly #lengths: Uint32Array;
  #count = 0;
  #end: number;

  constructor(count: number, room: number) {
    this.#end = 4 + count * 4;
    this.#bytes = new Uint8Array(align(this.#end + room));
    this.#lengths = new Uint32Array(count);
  }

  append(item: Uint8Array): void {
    this.#reserve(item.length);
    this.#bytes.set(item, this.#end);
    this.#close(item.length);
  }

  appendText(text: string): void {
    this.#reserve(text.length * 3);
    this.#close(encodeInto(text, this.#bytes.subarray(this.#end)));
  }

  /** The block; the writer is done with it. */
  finish(): ArrayBuffer {
    const words = new Uint32Array(this.#bytes.buffer, 0, 1 + this.#lengths.length);
    words[0] = this.#count;
    words.set(this.#lengths, 1);
    return this.#bytes.buffer;
  }

  #close(length: number): void {
    this.#lengths[this.#count++] = length;
    this.#end += length;
  }

  #reserve(size: number): void {
    if (this.#end + size <= this.#bytes.length) return;
    const larger = new Uint8Array(align(Math.max(this.#bytes.length * 2, this.#end + size)));
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }
}

/** Views of the items, in order. */
export function readBatch(block: ArrayBuffer): Uint8Array<ArrayBuffer>[] {
  const words = new Uint32Array(block, 0, block.byteLength >>> 2);
  const count = words[0]!;
  const items: Uint8Array<ArrayBuffer>[] = [];
  let at = 4 + count * 4;
  for (let index = 1; index <= count; index++) {
    const length = words[index]!;
    items.push(new Uint8Array(block, at, length));
    at += length;
  }
  return items;
}

/** The lengths are read as u32s, so the block has a whole number of them. */
function align(size: number): number {
  return (size + 3) & ~3;
}
