#include "text.h"

u32 parse(Bytes digits) {
  u32 value = 0;
  for (u32 i = 0; i < digits.n && digits.at[i] >= '0' && digits.at[i] <= '9'; i++) value = value * 10 + (digits.at[i] - '0');
  return value;
}

// Writes backwards from `end`; gives where the text begins.
static u8 *write_before(u8 *end, u64 value) {
  do *--end = '0' + value % 10;
  while (value /= 10);
  return end;
}

static Bytes taken(const u8 *from, const u8 *end) {
  Bytes out = { malloc(end - from), end - from };
  copy(out.at, from, out.n);
  return out;
}

Bytes decimal(u64 value) {
  u8 text[20], *end = text + sizeof text;
  return taken(write_before(end, value), end);
}

// "first second"
Bytes two_decimals(u32 first, u32 second) {
  u8 text[21], *end = text + sizeof text, *from = write_before(end, second);
  *--from = ' ';
  return taken(write_before(from, first), end);
}

Bytes hex(const u8 *at, u32 n) {
  Bytes out = { malloc(n * 2), n * 2 };
  for (u32 i = 0; i < n; i++) {
    out.at[i * 2] = "0123456789abcdef"[at[i] >> 4];
    out.at[i * 2 + 1] = "0123456789abcdef"[at[i] & 15];
  }
  return out;
}
