// The ABI extism 1.x. Blocks live in the host's kernel memory, never in ours: a guest reaches them eight bytes at a time.
#pragma once
#include "guest.h"

typedef u64 Offset; // of a block in kernel memory; 0 is none

#define KERNEL(name) IMPORT("extism:host/env", name)

KERNEL(input_length) u64 input_length(void);
KERNEL(input_load_u8) u8 input_load_u8(Offset at);
KERNEL(input_load_u64) u64 input_load_u64(Offset at);
KERNEL(output_set) void output_set(Offset at, u64 n);
KERNEL(error_set) void error_set(Offset at);
KERNEL(alloc) Offset block_alloc(u64 n);
KERNEL(free) void block_free(Offset at);
KERNEL(length) u64 block_length(Offset at);
KERNEL(load_u8) u8 load_u8(Offset at);
KERNEL(load_u64) u64 load_u64(Offset at);
KERNEL(store_u8) void store_u8(Offset at, u8 value);
KERNEL(store_u64) void store_u64(Offset at, u64 value);
KERNEL(var_get) Offset var_get(Offset key);
KERNEL(var_set) void var_set(Offset key, Offset value);
KERNEL(config_get) Offset config_get(Offset key);
KERNEL(log_info) void log_info(Offset text);
KERNEL(http_request) Offset http_request(Offset request, Offset body);
KERNEL(http_status_code) int http_status_code(void);

// extism-blocks.c
Bytes extism_input(void);
Offset extism_store(Bytes bytes);
Bytes extism_load(Offset block);
void extism_output(Bytes bytes);
int extism_fail(Bytes message);

// Results of an operation.
enum { DONE, FAILED };

#define OPERATION(name) EXPORT(name) int operation_##name(void)
