import { failure, type IsopodError } from "../errors.ts";
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

  constructor(op: string, input: Input, options?: CallOptions) {
    this.op = op;
    this.input = input;
    this.as = options?.as;
    this.into = options?.into;
    this.borrow = options?.borrow;
    this.signal = options?.signal;
    this.context = options?.context;
  }
}

/**
 * The input as it will be lowered: text is kept as a string, so that it is encoded straight into the guest.
 * @throws `bad_input`
 */
export function payload(input: Input): string | Uint8Array {
  if (typeof input === "string") return input;
  if (input instanceof Uint8Array) return input;
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
  if (text === undefined) throw failure("bad_input", `the input must be text, bytes or JSON, not a ${typeof input}`, undefined, cause);
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
  if (call.into !== undefined) return pour(u8, pointer, length, call.into);
  if (call.borrow !== undefined) return call.borrow(u8.subarray(pointer, pointer + length));
  if (call.as === "text") return decode(u8, pointer, pointer + length);
  if (call.as === "json") return parse(decode(u8, pointer, pointer + length));
  return u8.slice(pointer, pointer + length);
}

/** The same, from bytes that are the host's own already: out of a worker, or over RPC. */
export function liftCopy(call: Call, bytes: Uint8Array): unknown {
  if (call.into !== undefined) return pour(bytes, 0, bytes.length, call.into);
  if (call.borrow !== undefined) return call.borrow(bytes);
  if (call.as === "text") return decode(bytes);
  if (call.as === "json") return parse(decode(bytes));
  return bytes;
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

function pour(from: Uint8Array, pointer: number, length: number, into: Uint8Array): number {
  const given = into.length;
  if (length > given) throw failure("output_too_small", `the output has ${length} bytes, the buffer ${given}`, { needed: length, given });
  into.set(from.subarray(pointer, pointer + length));
  return length;
}

/** What a caller is told whose signal has fired. */
export function aborted({ reason }: Signal): IsopodError {
  return failure("aborted", "the signal aborted it", undefined, reason);
}
