/**
 * What the kernel exports, as JavaScript sees it.
 *
 * Offsets count from address `KERNEL_ORIGIN` of its memory, for guest and host alike, so that a view which starts there
 * takes them as they are:
 *
 * ```ts
 * let heap = new Uint8Array(kernel.memory.buffer, KERNEL_ORIGIN);
 * ```
 *
 * Memory grows, which leaves that view with length 0. To ask for its length costs 4 ns in Node 20, for `memory.buffer`
 * 80: so look at `heap.length` after whatever can allocate, and make a new view only where it is 0.
 *
 * An i32 comes out of wasm signed: apply `>>> 0`, but compare with -1 first where -1 is an answer.
 */
export const KERNEL_ORIGIN = 512;

/**
 * Where the kernel leaves what a call came to, as indices of an `Int32Array` over its memory: read without a call into
 * wasm. Offsets are -1 where the guest named memory that is not its own; ERROR_OFFSET is 0 for no error, else a block
 * that stays until the call ends.
 */
export const OUTPUT_OFFSET = 8;
export const OUTPUT_LENGTH = 9;
export const ERROR_OFFSET = 10;

/** The functions a guest may import from "extism:host/env"; pass these very values, never a wrapper. */
export const GUEST_FUNCTIONS = [
  "alloc",
  "free",
  "length",
  "length_unsafe",
  "load_u8",
  "load_u64",
  "store_u8",
  "store_u64",
  "input_offset",
  "input_length",
  "input_load_u8",
  "input_load_u64",
  "output_set",
  "error_set",
  "error_get",
] as const;

/** What the host calls. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  /**
   * Starts a call: every block of the one before is gone. Gives the offset where the host then writes the `length` bytes
   * of the input (always 16), or 0 where `length` is 0 or there is no memory.
   */
  begin(length: number): number;
  /** A block of which the host writes every byte before the guest runs again; 0 where `length` is 0 or there is no memory. */
  host_alloc(length: number): number;
  /** Cuts a block, the input's too, to what the host wrote to it; `length` is from 1 up to what it was. */
  shrink(block: number, length: number): void;
  /** For offsets as they come from the guest, which no number needs to be made of. */
  free(offset: bigint): void;
  /** The length of the block that starts at this offset, 0 where none does. Block and length lie within the memory. */
  length(offset: bigint): bigint;
}
