import { failure, isIsopodError, type IsopodError } from "../errors.ts";
import { bytesOf } from "../memory/bytes.ts";
import type { Budget } from "../limits/budget.ts";
import type { GuestMemory } from "../memory/guest-memory.ts";
import { decode } from "../memory/text.ts";
import type { As, CallOptions, Input, Numeric, Signal } from "./operations.ts";

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/** One call on its way: what the caller asked for. It travels with the lease, so no other call can see it. */
export class Call {
  readonly op: string;
  readonly input: Input;
  readonly as: As | undefined;
  readonly into: Uint8Array | undefined;
  readonly borrow: ((view: Uint8Array) => unknown) | undefined;
  readonly signal: Signal | undefined;
  readonly context: unknown;

  constructor(op: string, input: Input, options: CallOptions = {}) {
    this.op = op;
    this.input = input;
    this.as = options.as;
    this.into = options.into;
    this.borrow = options.borrow;
    this.signal = options.signal;
    this.context = options.context;
  }
}

/**
 * The input as it will be lowered: text is kept as a string, so that it is encoded straight into the guest.
 * @throws `bad_input`
 */
export function payload(input: Input): string | Uint8Array {
  // One of no bytes may have been transferred away.
  return typeof input === "string" || (input instanceof Uint8Array && input.length > 0) ? input : made(input);
}

function made(input: Input): string | Uint8Array {
  if (input === undefined) return NOTHING;
  let text: string | undefined;
  let cause: unknown;
  try {
    const bytes = bytesOf(input);
    if (bytes) return bytes;
    text = JSON.stringify(input);
  } catch (error) {
    cause = error;
  }
  if (text === undefined) throw failure("bad_input", `the input must be text, bytes or JSON, not this ${typeof input}`, undefined, cause);
  return text;
}

export function isNumber(value: unknown): value is Numeric {
  return typeof value === "number" || typeof value === "bigint";
}

/**
 * Lifts `[pointer, pointer + length)` of the guest's memory into what the caller asked for: one copy, or one decode,
 * or none.
 * @throws `out_of_bounds`, `limit`, `invalid_utf8`, `invalid_json`, `output_too_small`
 */
export function lift(call: Call, memory: GuestMemory, pointer: number, length: number, budget?: Budget): unknown {
  const u8 = memory.u8;
  pointer >>>= 0;
  length >>>= 0;
  memory.check(pointer, length, u8);
  budget?.output(length);
  return (call.into ?? call.borrow ?? call.as) === undefined ? u8.slice(pointer, pointer + length) : liftAs(call, u8, pointer, pointer + length);
}

/** The bytes `[start, end)` as the caller asked for them, and a copy of them where it asked for bytes. */
export function liftAs({ into, borrow, as }: Call, u8: Uint8Array, start: number, end: number): unknown {
  if (into) return pour(u8.subarray(start, end), into);
  if (borrow) return borrow(u8.subarray(start, end));
  if (as === "text") return decode(u8, start, end);
  if (as === "json") return parse(decode(u8, start, end));
  return u8.slice(start, end);
}

/** The same, from bytes that are the host's own already: out of a worker, or over RPC. */
export function liftCopy(call: Call, bytes: Uint8Array): unknown {
  const { into, borrow, as } = call;
  return into || borrow || as === "text" || as === "json" ? liftAs(call, bytes, 0, bytes.length) : bytes;
}

/** Numbers, as the ABI `plain` gives them. @throws `bad_input` where bytes were asked for */
export function liftNumbers(call: Call, raw: unknown): unknown {
  if (call.into || call.borrow || call.as === "bytes") throw failure("bad_input", 'this plugin gives numbers: say as: "value", "json" or "text"');
  return call.as === "text" ? String(raw) : raw;
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw failure("invalid_json", "the output is not JSON: ask for text", undefined, cause);
  }
}

function pour(bytes: Uint8Array, into: Uint8Array): number {
  const { length } = bytes;
  const given = into.length;
  if (length > given) throw failure("output_too_small", `the output has ${length} bytes, the buffer ${given}`, { needed: length, given });
  into.set(bytes);
  return length;
}

/** Does something with one input of a batch, or its output: an error says which it was. */
export function atIndex<T>(index: number, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw at(error, index);
  }
}

/** The same error, saying which input of the batch it was. */
export function at(error: unknown, index: number): unknown {
  return isIsopodError(error) ? failure(error.code, error.message, { ...error.details, index }, error.cause) : error;
}

/** What a caller is told whose signal has fired. */
export function aborted({ reason }: Signal): IsopodError {
  return failure("aborted", "the signal aborted it", undefined, reason);
}
