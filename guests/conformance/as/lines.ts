// Breaks off where the tests know the line, and is built with a source map. ABI packed.

export function malloc(n: usize): usize {
  return heap.alloc(n);
}

export function free(at: usize): void {
  if (at) heap.free(at);
}

// @ts-ignore: a decorator of the compiler's
@inline
const PAGE: usize = 65536;

function digit(byte: u32): u32 {
  if (byte < 48 || byte > 57)
    unreachable();
  return byte - 48;
}

function total(at: usize, n: usize): u32 {
  let total: u32 = 0;
  for (let i: usize = 0; i < n; i++)
    total += digit(load<u8>(at + i));
  return total;
}

export function sum(at: usize, n: usize): u64 {
  return ((at as u64) << 32) | (total(at, n) <= n ? 0 : n);
}

/** By nothing, where there is no input. */
export function mean(at: usize, n: usize): u64 {
  return ((at as u64) << 32) | (total(at, n) / n % 2);
}

/** Hardening puts a function of its own in the place of the instruction. */
export function fill(at: usize, n: usize): u64 {
  memory.fill(at, n as u8, memory.size() * PAGE);
  return (at as u64) << 32;
}
