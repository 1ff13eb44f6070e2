import type { Scope } from "../../capability/scope.ts";

/** A line that never ends is passed on in pieces of this many bytes. */
const LONGEST = 65_536;

/** Cuts a stream of bytes into lines of text. Bytes that are not UTF-8 become U+FFFD: a log is for reading. */
export class Lines {
  readonly #scope: Scope;
  readonly #emit: (line: string) => void;
  readonly #decoder = new TextDecoder();
  #rest: Uint8Array = new Uint8Array(0);

  /** A line that was begun is given out when the call ends. */
  constructor(scope: Scope, emit: (line: string) => void) {
    this.#scope = scope;
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

  #line(tail: Uint8Array): void {
    const line = join(this.#rest, tail);
    this.#rest = new Uint8Array(0);
    this.#emit(this.#decoder.decode(line));
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.#rest.length === 0) this.#scope.atEnd(() => this.#rest.length > 0 && this.#line(new Uint8Array(0)));
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
