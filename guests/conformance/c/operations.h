// What every byte ABI's guest does in the same way; each ABI's file only says how its bytes come and go.
#pragma once
#include "guest.h"

Bytes op_echo(Bytes in);
Bytes op_upper(Bytes in);
Bytes op_badutf8(Bytes in);
Bytes op_count(Bytes in);
Bytes op_grow(Bytes in);
Bytes op_big(Bytes in);
Bytes op_trap(Bytes in);
Bytes op_spin(Bytes in);

// wasi.c
Bytes op_exit(Bytes in);
Bytes op_stdin(Bytes in);
Bytes op_env(Bytes in);
Bytes op_clock(Bytes in);
Bytes op_random(Bytes in);

#define FOR_EACH_OPERATION(X) X(echo) X(upper) X(badutf8) X(count) X(grow) X(big) X(trap) X(spin) X(exit) X(stdin) X(env) X(clock) X(random)

// Where no memory is: a run of bytes that no guest of ours has.
enum : u32 { NOWHERE = 0xfffffff0, NOWHERE_BYTES = 64 };
