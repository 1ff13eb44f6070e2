#include "operations.h"
#include "text.h"

Bytes op_echo(Bytes in) {
  Bytes out = { malloc(in.n), in.n };
  copy(out.at, in.at, in.n);
  return out;
}

// Eight bytes at once. Bit 7 of each byte of `low` is set if it is at least 'a', of `high` if it is beyond 'z'.
static u64 upper8(u64 bytes) {
  const u64 each = 0x0101010101010101, top = each * 0x80;
  u64 seven = bytes & ~top, low = seven + each * (0x80 - 'a'), high = seven + each * (0x80 - 'z' - 1);
  return bytes ^ ((low & ~high & ~bytes & top) >> 2);
}

Bytes op_upper(Bytes in) {
  Bytes out = { malloc(in.n), in.n };
  u32 i = 0;
  for (u64 eight; in.n - i >= 8; i += 8) {
    copy(&eight, in.at + i, 8);
    eight = upper8(eight);
    copy(out.at + i, &eight, 8);
  }
  for (; i < in.n; i++) out.at[i] = upper8(in.at[i]);
  return out;
}

Bytes op_badutf8(Bytes) { return op_echo(LITERAL("\xff\xfe\x41")); }

Bytes op_count(Bytes) {
  static u64 calls;
  return decimal(++calls);
}

Bytes op_grow(Bytes in) {
  __builtin_wasm_memory_grow(0, 16);
  return op_echo(in);
}

Bytes op_big(Bytes in) {
  u32 n = parse(in);
  Bytes out = { malloc(n), n };
  if (!out.at) __builtin_trap();
  __builtin_memset(out.at, 'x', n);
  return out;
}

Bytes op_trap(Bytes) { __builtin_trap(); }

Bytes op_spin(Bytes) {
  for (;;) __asm__ volatile(""); // a loop without effect may not be compiled away
}
