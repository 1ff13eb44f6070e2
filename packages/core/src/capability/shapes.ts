import { decode, encode } from "../memory/text.ts";
import { parse, payload } from "../contract/call.ts";
import type { Input } from "../contract/operations.ts";
import { failure } from "../errors.ts";
import type { Shape } from "./functions.ts";

export function isNumeric(shape: Shape): boolean {
  return shape !== "bytes" && shape !== "text" && shape !== "json";
}

/** One argument of a host function, out of bytes that are the host's own. */
export function liftShape(shape: Shape, bytes: Uint8Array): unknown {
  if (shape === "text") return decode(bytes);
  return shape === "json" ? parse(decode(bytes)) : bytes;
}

/** A reply as bytes: text as UTF-8, bytes as they are, anything else as JSON. */
export function replyBytes(shape: Shape | undefined, reply: unknown): Uint8Array {
  const data = payload((shape === "json" ? JSON.stringify(reply) : reply) as Input);
  return typeof data === "string" ? encode(data) : data;
}

/** A reply as a wasm number. @throws TypeError for what is none */
export function replyNumber(shape: Shape, reply: unknown): number | bigint {
  if (shape === "i64" && (typeof reply === "bigint" || Number.isSafeInteger(reply))) return BigInt(reply as number);
  if (shape !== "i64" && typeof reply === "number") return reply;
  throw failure("host_function", `the host function must give ${shape}, and gave ${typeof reply}`);
}
