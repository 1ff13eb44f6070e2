// Functions on numbers, and nothing else.
#include "guest.h"

EXPORT(add) int add(int a, int b) { return (u32)a + (u32)b; }
EXPORT(add64) long long add64(u64 a, u64 b) { return a + b; }
EXPORT(addf) double addf(double a, double b) { return a + b; }
EXPORT(trap) void trap(void) { __builtin_trap(); }

EXPORT(count) u32 count(void) {
  static u32 calls;
  return ++calls;
}
