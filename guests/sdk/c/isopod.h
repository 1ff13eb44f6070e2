// What a plugin in C needs; README.md beside this file shows one. Compile isopod.c with your own files. No C library is needed.
//
//   PLUGIN(shout) { return plugin_text("HELLO"); }
//
// exports the operation `shout`. Inside the braces `input` holds the bytes that the host sent.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A run of bytes, of text in UTF-8 mostly. Nobody frees one: what a call allocates is gone when it ends.
typedef struct { const uint8_t *at; uint32_t n; } Bytes;

// The answer of an operation: made by `plugin_bytes`, `plugin_text` or `plugin_error`, in the last line of it.
typedef struct { Bytes bytes; bool failed; } Answer;

// Bytes that grow. Begin with `Buffer out = { 0 };`.
typedef struct { uint8_t *at; uint32_t n, room; } Buffer;

typedef enum { LEVEL_TRACE, LEVEL_DEBUG, LEVEL_INFO, LEVEL_WARN, LEVEL_ERROR } Level;

Bytes plugin_literal(const char *text);
static inline Answer plugin_bytes(const void *at, uint32_t n) {
  Answer answer = { { (const uint8_t *)at, n }, false };
  return answer;
}
static inline Answer plugin_buffer(const Buffer *buffer) { return plugin_bytes(buffer->at, buffer->n); }
static inline Answer plugin_text(const char *text) {
  Answer answer = { plugin_literal(text), false };
  return answer;
}
// The call fails, the host throws a `guest_error` with this message, and the plugin goes on whole.
static inline Answer plugin_error(const char *message) {
  Answer answer = { plugin_literal(message), true };
  return answer;
}

// Memory until the call ends. There is always some: where the host has none left, the plugin traps.
void *plugin_alloc(uint32_t n);
// Room for `more` bytes at the end, so that they can be written there at once.
void buffer_reserve(Buffer *buffer, uint32_t more);
void buffer_add(Buffer *buffer, Bytes bytes);
static inline void buffer_add_text(Buffer *buffer, const char *text) { buffer_add(buffer, plugin_literal(text)); }
static inline void buffer_add_byte(Buffer *buffer, uint8_t byte) {
  buffer_reserve(buffer, 1);
  buffer->at[buffer->n++] = byte;
}

// One line for whoever runs the host; it decides which levels it keeps.
void plugin_log(Level level, Bytes text);
// What the application configured; false where it configured nothing, or an empty text.
bool plugin_config(const char *key, Bytes *value);
// The next character of a text, which gets shorter by it; U+FFFD where it is not UTF-8, and where there is none.
uint32_t plugin_next(Bytes *text);

// `HOST_FUNCTION(reverse);` declares `Bytes reverse(Bytes argument)`, which the application lends in extism:host/user.
#define HOST_FUNCTION(name) \
  __attribute__((import_module("extism:host/user"), import_name(#name))) uint64_t isopod_host_##name(uint64_t); \
  __attribute__((unused)) static inline Bytes name(Bytes isopod_argument) { \
    uint64_t isopod_asked = isopod_block(isopod_argument); \
    return isopod_reply(isopod_host_##name(isopod_asked), isopod_asked); \
  } \
  uint64_t isopod_host_##name(uint64_t)

// An operation may have any name, those of the functions here included: nothing else is called `isopod_…`.
#define PLUGIN(name) \
  static Answer isopod_body_##name(Bytes input); \
  __attribute__((export_name(#name))) int isopod_operation_##name(void) { return isopod_answer(isopod_body_##name(isopod_input())); } \
  static Answer isopod_body_##name(__attribute__((unused)) Bytes input)

// What the macros stand on.
Bytes isopod_input(void);
int isopod_answer(Answer answer);
uint64_t isopod_block(Bytes bytes);
// What is in the first, as bytes of ours. Both are the host's again.
Bytes isopod_reply(uint64_t block, uint64_t asked);

#ifdef __cplusplus
}
#endif
