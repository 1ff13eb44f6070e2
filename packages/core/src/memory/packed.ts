/**
 * A pointer and a length in one i64, `pointer << 32 | length`, read through two aliases of one buffer: cheaper than
 * arithmetic on BigInt. (Every engine that runs WebAssembly is little-endian.)
 */
export class Packed {
  readonly #wide = new BigInt64Array(1);
  readonly #halves: Uint32Array = new Uint32Array(this.#wide.buffer);

  set value(packed: bigint) {
    this.#wide[0] = packed;
  }

  get pointer(): number {
    return this.#halves[1]!;
  }

  get length(): number {
    return this.#halves[0]!;
  }
}

/** The same the other way round. */
export class Packer {
  readonly #wide = new BigInt64Array(1);
  readonly #halves: Uint32Array = new Uint32Array(this.#wide.buffer);

  of(pointer: number, length: number): bigint {
    this.#halves[1] = pointer;
    this.#halves[0] = length;
    return this.#wide[0]!;
  }
}
