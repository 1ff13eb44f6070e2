import { tagOf } from "../wasm/engine.ts";

/** Up to here a loop is done before the engine's own copy has been entered. */
const FEW = 32;

/** Writes the first `length` bytes to `target` at `at`, where there is room for them; gives how many that are. */
export function put(bytes: Uint8Array, length: number, target: Uint8Array, at: number): number {
  if (length > FEW) target.set(length === bytes.length ? bytes : bytes.subarray(0, length), at);
  else for (let index = 0; index < length; index++) target[at + index] = bytes[index]!;
  return length;
}

/** The bytes of a buffer or of any view of one, not copied; undefined for what is neither. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  // By its tag, so that a buffer of another realm (a frame, a vm) is one too.
  return tagOf(value).endsWith("ArrayBuffer") ? new Uint8Array(value as ArrayBuffer) : undefined;
}
