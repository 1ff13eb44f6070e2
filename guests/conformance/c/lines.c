// Breaks off where the tests know the line, and is built with debug information (DWARF). ABI packed.
#include "packed.h"

#define APART __attribute__((noinline))

enum { PAGE = 65536 };

static APART u32 digit(u8 byte) {
  if (byte < '0' || byte > '9')
    __builtin_trap();
  return byte - '0';
}

static APART u32 sum(const u8 *at, u32 n) {
  u32 total = 0;
  for (u32 i = 0; i < n; i++)
    total += digit(at[i]);
  return total;
}

OPERATION(sum) {
  return pack((Bytes){ at, sum(at, n) <= n ? 0 : n });
}

// By nothing, where there is no input.
OPERATION(mean) {
  return pack((Bytes){ at, sum(at, n) / n % 2 });
}

// The inner loop is so short that hardening writes it twice; it breaks off in the second of the two.
OPERATION(beyond) {
  volatile u8 *end = (u8 *)(__builtin_wasm_memory_size(0) * PAGE - 5);
  for (u32 round = 0; round <= n; round++)
    while (*end != 1)
      end++;
  return pack((Bytes){ (u8 *)end, 0 });
}

// Hardening puts a function of its own in the place of the instruction.
OPERATION(fill) {
  __builtin_memset(at, n, __builtin_wasm_memory_size(0) * PAGE);
  return pack((Bytes){ at, 0 });
}
