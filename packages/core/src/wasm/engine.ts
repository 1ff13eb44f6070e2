/** What an engine gives, structurally: core's declarations name no DOM type. */

/** A compiled WebAssembly.Module. */
export type WasmModule = object;

/** A WebAssembly.Memory. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
