// The operations that reach for WASI. An error number is answered as text, so that a test can see it.
#include "wasi.h"
#include "operations.h"
#include "text.h"

static Bytes failed(u32 number) {
  Bytes digits = decimal(number), out = { malloc(digits.n + 6), digits.n + 6 };
  copy(out.at, "errno ", 6);
  copy(out.at + 6, digits.at, digits.n);
  free(digits.at);
  return out;
}

Bytes op_exit(Bytes in) { proc_exit(parse(in)); }

Bytes op_stdin(Bytes) {
  u8 room[256];
  Bytes part = { room, sizeof room };
  u32 done = 0, total = 0;
  do {
    u32 number = fd_read(0, &part, 1, &done);
    if (number) return failed(number);
    total += done;
  } while (done);
  return decimal(total);
}

Bytes op_env(Bytes) {
  u32 arguments = 0, variables = 0, bytes = 0;
  u32 number = args_sizes_get(&arguments, &bytes);
  if (!number) number = environ_sizes_get(&variables, &bytes);
  return number ? failed(number) : two_decimals(arguments, variables);
}

Bytes op_clock(Bytes) {
  u64 nanoseconds = 0;
  u32 number = clock_time_get(0, 1, &nanoseconds);
  return number ? failed(number) : decimal(nanoseconds);
}

Bytes op_random(Bytes) {
  u8 bytes[8];
  u32 number = random_get(bytes, sizeof bytes);
  return number ? failed(number) : hex(bytes, sizeof bytes);
}
