// The carrier: blocks in the memory of the host's kernel, which a plugin reaches eight bytes at a time.
//
//   "hello" to the host:  alloc(5) = 32;  store_u8(32, 'h') … store_u8(36, 'o')
//   11 bytes from there:  load_u64(32), then load_u8(40), load_u8(41), load_u8(42)
#include "isopod.h"

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef u64 Block; // its offset; 0 is none, and holds no bytes

#define KERNEL(name) __attribute__((import_module("extism:host/env"), import_name(#name)))

KERNEL(input_length) u64 input_length(void);
KERNEL(input_load_u8) u8 input_load_u8(u64 at);
KERNEL(input_load_u64) u64 input_load_u64(u64 at);
KERNEL(output_set) void output_set(Block block, u64 n);
KERNEL(error_set) void error_set(Block block);
KERNEL(alloc) Block block_alloc(u64 n);
KERNEL(free) void block_free(Block block);
KERNEL(length) u64 block_length(Block block);
KERNEL(load_u8) u8 load_u8(u64 at);
KERNEL(load_u64) u64 load_u64(u64 at);
KERNEL(store_u8) void store_u8(u64 at, u8 value);
KERNEL(store_u64) void store_u64(u64 at, u64 value);
KERNEL(config_get) Block config_get(Block key);
KERNEL(log_trace) void log_trace(Block text);
KERNEL(log_debug) void log_debug(Block text);
KERNEL(log_info) void log_info(Block text);
KERNEL(log_warn) void log_warn(Block text);
KERNEL(log_error) void log_error(Block text);

void arena_reset(void); // arena.c

Bytes isopod_input(void) {
  arena_reset();
  u32 n = input_length(), i = 0;
  u8 *at = plugin_alloc(n);
  for (u64 eight; n - i >= 8; i += 8) {
    eight = input_load_u64(i);
    __builtin_memcpy(at + i, &eight, 8);
  }
  for (; i < n; i++) at[i] = input_load_u8(i);
  return (Bytes){ at, n };
}

Block isopod_block(Bytes bytes) {
  Block block = block_alloc(bytes.n);
  u32 i = 0;
  for (u64 eight; bytes.n - i >= 8; i += 8) {
    __builtin_memcpy(&eight, bytes.at + i, 8);
    store_u64(block + i, eight);
  }
  for (; i < bytes.n; i++) store_u8(block + i, bytes.at[i]);
  return block;
}

Bytes isopod_reply(Block block, Block asked) {
  u32 n = block_length(block), i = 0;
  u8 *at = plugin_alloc(n);
  for (u64 eight; n - i >= 8; i += 8) {
    eight = load_u64(block + i);
    __builtin_memcpy(at + i, &eight, 8);
  }
  for (; i < n; i++) at[i] = load_u8(block + i);
  block_free(block);
  // A host may answer with the block that it was given.
  if (asked != block) block_free(asked);
  return (Bytes){ at, n };
}

int isopod_answer(Answer answer) {
  Block block = isopod_block(answer.bytes);
  if (answer.failed) error_set(block);
  else output_set(block, answer.bytes.n);
  return answer.failed;
}

void plugin_log(Level level, Bytes text) {
  Block block = isopod_block(text);
  switch (level) {
    case LEVEL_TRACE: log_trace(block); break;
    case LEVEL_DEBUG: log_debug(block); break;
    case LEVEL_INFO: log_info(block); break;
    case LEVEL_WARN: log_warn(block); break;
    case LEVEL_ERROR: log_error(block); break;
  }
  block_free(block);
}

bool plugin_config(const char *key, Bytes *value) {
  Block name = isopod_block(plugin_literal(key)), found = config_get(name);
  if (found) *value = isopod_reply(found, name);
  else block_free(name);
  return found != 0;
}
