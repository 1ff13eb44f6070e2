import { put } from "./bytes.ts";
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

  append(item: Uint8Array | string): void {
    const { length } = item;
    const isText = typeof item === "string";
    this.#reserve(isText ? length * 3 : length);
    const size = isText ? encodeInto(item, this.#bytes, this.#end) : put(item, length, this.#bytes, this.#end);
    this.#lengths[this.#count++] = size;
    this.#end += size;
  }

  /** The block; the writer is done with it. */
  finish(): ArrayBuffer {
    const words = new Uint32Array(this.#bytes.buffer, 0, 1 + this.#lengths.length);
    words[0] = this.#count;
    words.set(this.#lengths, 1);
    return this.#bytes.buffer;
  }

  #reserve(size: number): void {
    if (this.#end + size <= this.#bytes.length) return;
    const larger = new Uint8Array(align(Math.max(this.#bytes.length * 2, this.#end + size)));
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }
}

/**
 * The items, in order: each made by `make` of the bytes `[start, end)` of the block.
 *
 * @param room for how many items the block was made, if it has fewer
 */
export function readBatch<T>(block: ArrayBuffer, make: (bytes: Uint8Array<ArrayBuffer>, start: number, end: number, index: number) => T, room?: number): T[] {
  const words = new Uint32Array(block, 0, block.byteLength >>> 2);
  const bytes = new Uint8Array(block);
  const count = words[0]!;
  const items: T[] = [];
  let at = 4 + (room ?? count) * 4;
  for (let index = 0; index < count; index++) {
    const end = at + words[index + 1]!;
    items.push(make(bytes, at, end, index));
    at = end;
  }
  return items;
}

/** The lengths are read as u32s, so the block has a whole number of them. */
function align(size: number): number {
  return size + (-size & 3);
}
