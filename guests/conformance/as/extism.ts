// The ABI extism 1.x, as kits do it: the input is read into our memory, the output written from there.
import { alloc, error_set, input_length, input_load_u64, input_load_u8, length, output_set, reverse, store_u64, store_u8 } from "./kernel";
import { upper as toUpper } from "./upper";

const DONE: i32 = 0;
const FAILED: i32 = 1;

/** The input, in a place that the caller frees. */
function input(n: usize): usize {
  const at = heap.alloc(n);
  let i: usize = 0;
  for (; n - i >= 8; i += 8) store<u64>(at + i, input_load_u64(i));
  for (; i < n; i++) store<u8>(at + i, input_load_u8(i));
  return at;
}

/** A block of the kernel with these bytes. */
function block(at: usize, n: usize): u64 {
  const offset = alloc(n);
  let i: usize = 0;
  for (; n - i >= 8; i += 8) store_u64(offset + i, load<u64>(at + i));
  for (; i < n; i++) store_u8(offset + i, load<u8>(at + i));
  return offset;
}

function inputBlock(): u64 {
  const n = input_length() as usize;
  const at = input(n);
  const offset = block(at, n);
  heap.free(at);
  return offset;
}

export function echo(): i32 {
  output_set(inputBlock(), input_length());
  return DONE;
}

export function upper(): i32 {
  const n = input_length() as usize;
  const at = input(n);
  toUpper(at, at, n);
  output_set(block(at, n), n);
  heap.free(at);
  return DONE;
}

export function fail(): i32 {
  error_set(inputBlock());
  return FAILED;
}

export function trap(): i32 {
  return unreachable();
}

export function host(): i32 {
  const reply = reverse(inputBlock());
  output_set(reply, length(reply));
  return DONE;
}

export function oob(): i32 {
  output_set(0x10000000000, 64);
  return DONE;
}
