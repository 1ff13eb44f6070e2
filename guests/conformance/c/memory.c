// An allocator that really frees. A block is a power of two of bytes, at least 16; its size's exponent stands in the
// 8 bytes before what `malloc` gives, and a free block is kept on the list of its exponent for the next of its size.
//
//   malloc(20) = 1032 when the heap is at 1024
//   1024        1032                           1056
//   ├─ 5 ───────┼─ 24 bytes, 20 asked for ─────┤
//
// Memory grows only when no block fits, so that the same work again needs no more.
#include "guest.h"

typedef struct Block { u32 exponent, unused; struct Block *next; } Block; // `next` only while the block is free

enum { HEADER = 8, PAGE = 65536 };

extern u8 __heap_base;
static u8 *top = &__heap_base;
static Block *spare[32];

static bool reach(u64 end) {
  u64 room = (u64)__builtin_wasm_memory_size(0) * PAGE;
  return end <= room || __builtin_wasm_memory_grow(0, (end - room + PAGE - 1) / PAGE) != (u32)-1;
}

void *malloc(u32 size) {
  if (size > (1u << 31) - HEADER) return 0;
  u32 exponent = size <= 16 - HEADER ? 4 : 32 - __builtin_clz(size + HEADER - 1);
  Block *block = spare[exponent];
  if (block) {
    spare[exponent] = block->next;
  } else {
    u64 end = (u64)(uintptr_t)top + (1ull << exponent);
    if (!reach(end)) return 0;
    block = (Block *)top;
    block->exponent = exponent;
    top = (u8 *)(uintptr_t)end;
  }
  return (u8 *)block + HEADER;
}

void free(void *at) {
  if (!at) return;
  Block *block = (Block *)((u8 *)at - HEADER);
  block->next = spare[block->exponent];
  spare[block->exponent] = block;
}
