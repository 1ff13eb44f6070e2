/** What an engine gives, structurally: core's declarations name no DOM type. */

/** A compiled WebAssembly.Module. */
export type WasmModule = object;

/** A WebAssembly.Memory. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What the engine calls the value's kind, `WebAssembly.Module` or `AsyncFunction`: true of those of other realms too. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}
