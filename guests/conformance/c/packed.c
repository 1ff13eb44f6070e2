#include "packed.h"
#include "operations.h"
#include "wasi.h"

#define DEFINE(name) OPERATION(name) { return pack(op_##name((Bytes){ at, n })); }
FOR_EACH_OPERATION(DEFINE)

// This ABI has no way to report an error.
OPERATION(fail) { __builtin_trap(); }

OPERATION(oob) { return pack((Bytes){ (u8 *)NOWHERE, NOWHERE_BYTES }); }

// The host takes the reply's room from our `malloc`, so it is ours, and the reply can be handed on as it is.
IMPORT("env", reverse) u64 reverse(u8 *at, u32 n);
OPERATION(host) { return reverse(at, n); }

OPERATION(log) {
  Bytes line[] = { { at, n }, LITERAL("\n") };
  u32 done;
  if (fd_write(1, line, 2, &done)) __builtin_trap();
  return 0;
}
