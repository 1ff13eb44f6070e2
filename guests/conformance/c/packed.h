// The ABI packed: a pointer and a length in, both in one i64 out.
#pragma once
#include "guest.h"

static inline u64 pack(Bytes bytes) { return (u64)(uintptr_t)bytes.at << 32 | bytes.n; }

#define OPERATION(name) EXPORT(name) u64 packed_##name(u8 *at, u32 n)
