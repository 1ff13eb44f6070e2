import { isNumber, payload } from "../contract/call.ts";
import type { Input } from "../contract/operations.ts";
import type { ErrorRecord } from "../errors.ts";
import { decode, encode } from "../memory/text.ts";

/**
 * How a blocked worker is answered: the host leaves the reply in shared memory, piece by piece if it is long, and
 * wakes the worker, which may read messages again only when it is done.
 *
 * ```text
 * word 0: 0 empty, 1 full        word 1: bytes in this piece        word 2: bytes still to come        word 3: kind
 * ├───────────────┼───────────────┼───────────────┼───────────────┼── piece, up to 64 KiB ──┤
 * ```
 */
const HEADER = 16;
const ROOM = 65_536;
const STATE = 0;
const LENGTH = 1;
const REST = 2;
const KIND = 3;

const EMPTY = 0;
const FULL = 1;

/** Kinds of replies. What is neither bytes, text nor a number goes as JSON. */
const NOTHING = 0;
const BYTES = 1;
const TEXT = 2;
const JSON_TEXT = 3;
const BIG = 4;
const ERROR = 5;
const NUMBER = 6;

export type Reply = { readonly error: ErrorRecord } | { readonly value: unknown };

export function createMailbox(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER + ROOM);
}

/** The host's end: leaves a reply. Takes as many turns as the reply has pieces. */
export class Outgoing {
  readonly #words: Int32Array;
  readonly #piece: Uint8Array;
  #rest: Uint8Array = new Uint8Array(0);
  #kind = NOTHING;

  constructor(mailbox: SharedArrayBuffer) {
    this.#words = new Int32Array(mailbox, 0, HEADER / 4);
    this.#piece = new Uint8Array(mailbox, HEADER);
  }

  leave(reply: Reply): void {
    [this.#kind, this.#rest] = pack(reply);
    this.next();
  }

  /** Leaves the next piece; the worker asks for it once it has taken the one before. */
  next(): void {
    const piece = this.#rest.subarray(0, ROOM);
    this.#rest = this.#rest.subarray(piece.length);
    this.#piece.set(piece);
    this.#words[LENGTH] = piece.length;
    this.#words[REST] = this.#rest.length;
    this.#words[KIND] = this.#kind;
    Atomics.store(this.#words, STATE, FULL);
    Atomics.notify(this.#words, STATE);
  }
}

/** The worker's end: blocks until there is a reply. */
export class Incoming {
  readonly #words: Int32Array;
  readonly #piece: Uint8Array;
  readonly #more: () => void;

  /** @param more asks the host for the next piece */
  constructor(mailbox: SharedArrayBuffer, more: () => void) {
    this.#words = new Int32Array(mailbox, 0, HEADER / 4);
    this.#piece = new Uint8Array(mailbox, HEADER);
    this.#more = more;
  }

  /** Before the question is posted. */
  clear(): void {
    Atomics.store(this.#words, STATE, EMPTY);
  }

  await(): Reply {
    let whole: Uint8Array | undefined;
    for (let at = 0; ; ) {
      Atomics.wait(this.#words, STATE, EMPTY);
      const length = this.#words[LENGTH]!;
      const rest = this.#words[REST]!;
      whole ??= new Uint8Array(length + rest);
      whole.set(this.#piece.subarray(0, length), at);
      at += length;
      if (rest === 0) return unpack(this.#words[KIND]!, whole);
      this.clear();
      this.#more();
    }
  }
}

function pack(reply: Reply): [number, Uint8Array] {
  if ("error" in reply) return [ERROR, encode(JSON.stringify(reply.error))];
  const { value } = reply;
  if (value === undefined) return [NOTHING, new Uint8Array(0)];
  if (typeof value === "bigint") return [BIG, encode(String(value))];
  if (typeof value === "number") return [NUMBER, new Uint8Array(new Float64Array([value]).buffer)];
  const data = payload(value as Input);
  return typeof data === "string" ? [typeof value === "string" ? TEXT : JSON_TEXT, encode(data)] : [BYTES, data];
}

function unpack(kind: number, bytes: Uint8Array): Reply {
  if (kind === BYTES) return { value: bytes };
  if (kind === NOTHING) return { value: undefined };
  if (kind === NUMBER) return { value: new Float64Array(bytes.buffer)[0] };
  const text = decode(bytes);
  if (kind === TEXT) return { value: text };
  if (kind === BIG) return { value: BigInt(text) };
  return kind === ERROR ? { error: JSON.parse(text) as ErrorRecord } : { value: boxed(text) };
}

/** What JSON says; text and numbers as objects, since by themselves they would be taken for replies of those kinds. */
function boxed(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return typeof value === "string" || typeof value === "number" ? Object(value) : value;
}

/** A reply by which the guest gets the same bytes as without a worker in between, whatever a message makes of objects. @throws `bad_input` */
export function flat(value: unknown): unknown {
  if (value === undefined || isNumber(value)) return value;
  const data = payload(value as Input);
  return typeof data === "string" && typeof value !== "string" ? boxed(data) : data;
}
