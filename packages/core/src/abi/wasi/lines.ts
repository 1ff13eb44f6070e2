/** A line that never ends is passed on in pieces of this many bytes. */
const LONGEST = 65_536;

/** Cuts a stream of bytes into lines of text. Bytes that are not UTF-8 become U+FFFD: a log is for reading. */
export class Lines {
  readonly #emit: (line: string) => void;
  readonly #decoder = new TextDecoder();
  #rest: Uint8Array = new Uint8Array(0);

  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  write(bytes: Uint8Array): void {
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      this.#line(bytes.subarray(start, end));
      start = end + 1;
    }
    this.#keep(bytes.subarray(start));
  }

  /** What was begun and not ended. */
  flush(): void {
    if (this.#rest.length > 0) this.#line(new Uint8Array(0));
  }

  #line(tail: Uint8Array): void {
    const line = join(this.#rest, tail);
    this.#rest = new Uint8Array(0);
    this.#emit(this.#decoder.decode(line));
  }

  #keep(bytes: Uint8Array): void {
    this.#rest = join(this.#rest, bytes);
    if (this.#rest.length > LONGEST) this.#line(new Uint8Array(0));
  }
}

/** Always a copy: guest memory does not hold still. */
function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
