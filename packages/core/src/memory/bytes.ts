import { tagOf } from "../wasm/engine.ts";

/** Up to here a loop is done before the engine's own copy has been entered. */
const FEW = 32;

/** Writes the first `length` bytes to `target` at `at`, where there is room for them. */
export function put(bytes: Uint8Array, length: number, target: Uint8Array, at: number): void {
  if (length > FEW) target.set(length === bytes.length ? bytes : bytes.subarray(0, length), at);
  else for (let index = 0; index < length; index++) target[at + index] = bytes[index]!;
}

/**
 * A copy of its own, in memory of its own. Node's Buffer overrides `slice` to give a view of the same memory, so the
 * method is taken from where it copies.
 */
export function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.prototype.slice.call(bytes) as Uint8Array<ArrayBuffer>;
}

/** The bytes of a buffer or of any view of one, not copied; undefined for what is neither. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  // By its tag, so that a buffer of another realm (a frame, a vm) is one too.
  return tagOf(value).endsWith("ArrayBuffer") ? new Uint8Array(value as ArrayBuffer) : undefined;
}
