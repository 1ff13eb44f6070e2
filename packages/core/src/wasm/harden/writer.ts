/** A binary that grows. */
export class Writer {
  bytes: Uint8Array<ArrayBuffer>;
  at = 0;

  constructor(room = 64) {
    this.bytes = new Uint8Array(room);
  }

  /** What was written, as a view. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.at);
  }

  /** Each a byte. */
  put(...codes: number[]): this {
    this.#reserve(codes.length);
    for (const code of codes) this.bytes[this.at++] = code;
    return this;
  }

  /** Unsigned LEB128 of at most 32 bits: 624485 → `E5 8E 26` */
  number(value: number): this {
    this.#reserve(5);
    for (; value > 127; value >>>= 7) this.bytes[this.at++] = (value & 127) | 128;
    this.bytes[this.at++] = value;
    return this;
  }

  /** A signed constant that is pushed, here never negative: `i32.const 64` → `41 C0 00` */
  constant(value: number): this {
    this.#reserve(6);
    this.bytes[this.at++] = 0x41;
    for (; value > 63; value >>>= 7) this.bytes[this.at++] = (value & 127) | 128;
    this.bytes[this.at++] = value;
    return this;
  }

  /** An instruction with one index. */
  op(code: number, index: number): this {
    this.#reserve(6);
    this.bytes[this.at++] = code;
    return this.number(index);
  }

  copy(source: Uint8Array, from = 0, to: number = source.length): this {
    this.#reserve(to - from);
    this.bytes.set(source.subarray(from, to), this.at);
    this.at += to - from;
    return this;
  }

  /** A length, then the bytes, as sections, bodies and names are. */
  sized(source: Uint8Array, from = 0, to: number = source.length): this {
    return this.number(to - from).copy(source, from, to);
  }

  /** A name in ASCII. */
  name(text: string): this {
    return this.number(text.length).ascii(text);
  }

  ascii(text: string): this {
    for (let index = 0; index < text.length; index++) this.put(text.charCodeAt(index));
    return this;
  }

  #reserve(room: number): void {
    if (this.at + room <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + room));
    larger.set(this.written);
    this.bytes = larger;
  }
}
