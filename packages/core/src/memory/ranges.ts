import type { GuestMemory } from "./guest-memory.ts";

/**
 * The bytes `[pointer, pointer + length)`, not copied: valid until the guest runs again.
 * @throws `out_of_bounds`, before anything is allocated
 */
export function viewOf(memory: GuestMemory, pointer: number, length: number): Uint8Array<ArrayBuffer> {
  const { u8 } = memory;
  memory.check(pointer >>> 0, length >>> 0, u8);
  return u8.subarray(pointer >>> 0, (pointer >>> 0) + (length >>> 0));
}

/** The same bytes, copied. @throws `out_of_bounds`, before anything is allocated */
export function copyOut(memory: GuestMemory, pointer: number, length: number): Uint8Array<ArrayBuffer> {
  return viewOf(memory, pointer, length).slice();
}

/** @throws `out_of_bounds`, before anything is written */
export function copyIn(memory: GuestMemory, pointer: number, bytes: Uint8Array): void {
  viewOf(memory, pointer, bytes.length).set(bytes);
}

/** Little-endian u32s in a row, unaligned if need be. @throws `out_of_bounds`, before anything is written */
export function writeU32(memory: GuestMemory, pointer: number, ...values: readonly number[]): void {
  const data = wordsAt(memory, pointer, values.length * 4);
  values.forEach((value, index) => data.setUint32(index * 4, value, true));
}

/** @throws `out_of_bounds` */
export function writeU64(memory: GuestMemory, pointer: number, value: bigint): void {
  wordsAt(memory, pointer, 8).setBigUint64(0, value, true);
}

/** @throws `out_of_bounds` */
export function readU32(memory: GuestMemory, pointer: number): number {
  return wordsAt(memory, pointer, 4).getUint32(0, true);
}

function wordsAt(memory: GuestMemory, pointer: number, length: number): DataView {
  const { buffer, byteOffset } = viewOf(memory, pointer, length);
  return new DataView(buffer, byteOffset, length);
}
