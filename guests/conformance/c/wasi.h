// The functions of WASI preview 1 that the operations use. A result other than 0 is an error number.
#pragma once
#include "guest.h"

#define WASI(name) IMPORT("wasi_snapshot_preview1", name) u32 name

WASI(fd_read)(u32 fd, const Bytes *parts, u32 count, u32 *done);
WASI(fd_write)(u32 fd, const Bytes *parts, u32 count, u32 *done);
WASI(args_sizes_get)(u32 *count, u32 *bytes);
WASI(environ_sizes_get)(u32 *count, u32 *bytes);
WASI(clock_time_get)(u32 clock, u64 precision, u64 *nanoseconds);
WASI(random_get)(u8 *at, u32 n);
IMPORT("wasi_snapshot_preview1", proc_exit) [[noreturn]] void proc_exit(u32 code);
