// The ABI wapc. The guest names its own buffers; the host fills them, or copies out of them, within the call.
#pragma once
#include "guest.h"

#define WAPC(name) IMPORT("wapc", name)

WAPC(__guest_request) void guest_request(u8 *operation, u8 *payload);
WAPC(__guest_response) void guest_response(const u8 *at, u32 n);
WAPC(__guest_error) void guest_error(const u8 *at, u32 n);
WAPC(__host_call)
u32 host_call(const u8 *binding, u32, const u8 *space, u32, const u8 *operation, u32, const u8 *payload, u32);
WAPC(__host_response_len) u32 host_response_len(void);
WAPC(__host_response) void host_response(u8 *at);
WAPC(__host_error_len) u32 host_error_len(void);
WAPC(__host_error) void host_error(u8 *at);
WAPC(__console_log) void console_log(const u8 *at, u32 n);

// Results of `__guest_call`, and of `__host_call`.
enum : u32 { FAILED, DONE };
