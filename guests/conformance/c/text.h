// Numbers as text.
#pragma once
#include "guest.h"

u32 parse(Bytes digits);
Bytes decimal(u64 value);
Bytes two_decimals(u32 first, u32 second);
Bytes hex(const u8 *at, u32 n);
