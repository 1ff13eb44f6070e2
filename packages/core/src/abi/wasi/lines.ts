import { atEnd, type Scope } from "../../capability/scope.ts";

/** A line that never ends is passed on in pieces of this many bytes. */
const LONGEST = 65_536;
const NEWLINE = 10;

/** Cuts a stream of bytes into lines of text. Bytes that are not UTF-8 become U+FFFD: a log is for reading. */
export class Lines {
  readonly #scope: Scope;
  readonly #emit: (line: string) => void;
  readonly #decoder = new TextDecoder();
  /** The line that was begun: the first `#length` bytes. */
  #line: Uint8Array = new Uint8Array(128);
  #length = 0;
  #promised = false;

  /** A line that was begun is given out when the call ends. */
  constructor(scope: Scope, emit: (line: string) => void) {
    this.#scope = scope;
    this.#emit = emit;
  }

  write(bytes: Uint8Array): void {
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      if (this.#scope.budget?.silent) return; // the rest is for nobody
      this.#append(bytes.subarray(start, end));
      this.#give();
      start = end + 1;
    }
    this.#append(bytes.subarray(start));
    if (this.#length > 0 && !this.#promised) this.#promise();
  }

  /** Copies, a piece at a time: guest memory does not hold still. */
  #append(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length; ) {
      if (this.#length === LONGEST) this.#give(whole(this.#line));
      const part = bytes.subarray(start, start + LONGEST - this.#length);
      this.#reserve(this.#length + part.length);
      this.#line.set(part, this.#length);
      this.#length += part.length;
      start += part.length;
    }
  }

  #reserve(size: number): void {
    if (size <= this.#line.length) return;
    const larger = new Uint8Array(Math.min(LONGEST, Math.max(size, this.#line.length * 2)));
    larger.set(this.#line.subarray(0, this.#length));
    this.#line = larger;
  }

  #give(size = this.#length): void {
    const text = this.#decoder.decode(this.#line.subarray(0, size));
    this.#line.copyWithin(0, size, this.#length);
    this.#length -= size;
    this.#emit(text);
  }

  #promise(): void {
    this.#promised = true;
    atEnd(this.#scope, () => {
      this.#promised = false;
      if (this.#length > 0) this.#give();
    });
  }
}

/** How many of these bytes there are without a character at the end that is not whole yet. */
function whole(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let at = length - 1; at > length - 4; at--) {
    const byte = bytes[at]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return at + (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > length ? at : length;
  }
  return length;
}
