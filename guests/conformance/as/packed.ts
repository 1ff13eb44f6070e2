// The ABI packed. Memory is taken and freed by hand, so nothing here waits for a garbage collector.
import { upper as toUpper } from "./upper";

export function malloc(n: usize): usize {
  return heap.alloc(n);
}

export function free(at: usize): void {
  if (at) heap.free(at);
}

function pack(at: usize, n: usize): u64 {
  return ((at as u64) << 32) | (n as u64);
}

export function echo(at: usize, n: usize): u64 {
  const out = heap.alloc(n);
  memory.copy(out, at, n);
  return pack(out, n);
}

export function upper(at: usize, n: usize): u64 {
  const out = heap.alloc(n);
  toUpper(out, at, n);
  return pack(out, n);
}

/** This ABI has no way to report an error; the compiler's own is an abort with a message. */
export function fail(_at: usize, _n: usize): u64 {
  throw new Error("the guest was asked to fail");
}

export function trap(_at: usize, _n: usize): u64 {
  return unreachable();
}

@external("env", "reverse")
declare function reverse(at: usize, n: usize): u64;

/** The host takes the reply's room from our `malloc`, so the reply can be handed on as it is. */
export function host(at: usize, n: usize): u64 {
  return reverse(at, n);
}

export function oob(_at: usize, _n: usize): u64 {
  return pack(0xfffffff0, 64);
}
