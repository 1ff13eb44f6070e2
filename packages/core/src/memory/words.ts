import type { GuestMemory } from "./guest-memory.ts";

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
  const { buffer, byteOffset } = memory.view(pointer, length);
  return new DataView(buffer, byteOffset, length);
}
