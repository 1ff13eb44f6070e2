/** ASCII upper case of `n` bytes, eight at once, as far as there are eight. */
export function upper(to: usize, from: usize, n: usize): void {
  let i: usize = 0;
  for (; n - i >= 8; i += 8) store<u64>(to + i, upper8(load<u64>(from + i)));
  for (; i < n; i++) store<u8>(to + i, upper8(load<u8>(from + i)));
}

/** Bit 7 of each byte of `low` is set if it is at least "a", of `high` if it is beyond "z". */
export function upper8(bytes: u64): u64 {
  const seven = bytes & 0x7f7f7f7f7f7f7f7f;
  const low = seven + 0x1f1f1f1f1f1f1f1f;
  const high = seven + 0x0505050505050505;
  return bytes ^ ((low & ~high & ~bytes & 0x8080808080808080) >> 2);
}
