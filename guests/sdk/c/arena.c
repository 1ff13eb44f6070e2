// Memory until the call ends: one run of it, taken from the front, and all of it free again when the next call begins.
//
//   start                  next                    end
//   ├─ input ─┬─ buffer ─┬─ free … ────────────────┤ memory.grow adds here
//
// It asks the engine for pages of its own and touches no others, so a C library's `malloc` may stand beside it.
#include "isopod.h"

enum { GRAIN = 8, PAGE = 65536 };

static uintptr_t start, next, end;

void arena_reset(void) { next = start; }

static void grow(uint64_t missing) {
  size_t pages = (missing + PAGE - 1) / PAGE, grown = __builtin_wasm_memory_grow(0, pages);
  if (grown == (size_t)-1) __builtin_trap();
  // The first time, and where somebody else has grown in between: a new run, and the old one is given up.
  if (grown * PAGE != end) start = next = grown * PAGE;
  end = (grown + pages) * PAGE;
}

void *plugin_alloc(uint32_t n) {
  uint64_t size = ((uint64_t)n + GRAIN - 1) & -(uint64_t)GRAIN;
  while (end - next < size) grow(size - (end - next));
  void *at = (void *)next;
  next += size;
  return at;
}

void buffer_reserve(Buffer *buffer, uint32_t more) {
  if (buffer->room - buffer->n >= more) return;
  uint64_t room = (uint64_t)buffer->n + more;
  if (room < 2ull * buffer->room) room = 2ull * buffer->room;
  if (room < 64) room = 64;
  room = (room + GRAIN - 1) & -(uint64_t)GRAIN;
  if (room > UINT32_MAX) __builtin_trap();
  // What was allocated last grows where it is, unless somebody else has the pages behind it.
  uint8_t *at = buffer->at;
  bool last = buffer->room && (uintptr_t)at + buffer->room == next;
  if (!last || plugin_alloc(room - buffer->room) != at + buffer->room) {
    at = plugin_alloc(room);
    if (buffer->n) __builtin_memcpy(at, buffer->at, buffer->n);
  }
  buffer->at = at;
  buffer->room = room;
}

void buffer_add(Buffer *buffer, Bytes bytes) {
  buffer_reserve(buffer, bytes.n);
  if (bytes.n) __builtin_memcpy(buffer->at + buffer->n, bytes.at, bytes.n);
  buffer->n += bytes.n;
}
