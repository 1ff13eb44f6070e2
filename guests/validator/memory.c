// The heap: one list of free blocks in address order, first fit, neighbours merged when a block comes back.
//
//   | mark, size | bytes … | mark, size | bytes … |      mark: next free block while free, MARK ^ address while in use
//
// The mark makes `free` harmless for pointers that are not a block in use (twice freed, foreign, null), because hosts disagree
// about who frees what in this ABI.
#include "validator.h"

typedef struct Block { struct Block *next; u32 size; } Block; // size counts the header, always a multiple of 16

enum { GRAIN = 16, PAGE = 65536, MARK = 0x5afe5afe };
extern u8 __heap_base;
static Block *free_list;
static u32 heap_start, heap_end;

static Block *mark_of(Block *block) { return (Block *)((u32)block ^ MARK); }

// Puts a block into the list and merges it with the neighbours it touches.
static void insert(Block *block) {
  Block **link = &free_list;
  Block *before = 0;
  while (*link && *link < block) before = *link, link = &before->next;
  block->next = *link;
  *link = block;
  if (block->next && (u8 *)block + block->size == (u8 *)block->next) block->size += block->next->size, block->next = block->next->next;
  if (before && (u8 *)before + before->size == (u8 *)block) before->size += block->size, before->next = block->next;
}

static bool grow(u32 size) {
  if (!heap_start) heap_start = heap_end = ((u32)&__heap_base + GRAIN - 1) & -(u32)GRAIN;
  u32 memory_end = __builtin_wasm_memory_size(0) * PAGE; // 0 stands for 4 GiB, and the differences below still hold
  if (memory_end - heap_end < size) {
    u32 pages = (size - (memory_end - heap_end) + PAGE - 1) / PAGE;
    if (__builtin_wasm_memory_grow(0, pages) == (u32)-1) return false;
    memory_end += pages * PAGE;
  }
  Block *block = (Block *)heap_end;
  block->size = memory_end - heap_end;
  heap_end = memory_end;
  insert(block);
  return true;
}

__attribute__((export_name("malloc"))) void *take(u32 size) {
  if (size > 0x7fffffff - 2 * GRAIN) return 0;
  size = (size + sizeof(Block) + GRAIN - 1) & -(u32)GRAIN;
  for (;;) {
    for (Block **link = &free_list; *link; link = &(*link)->next) {
      Block *block = *link;
      if (block->size < size) continue;
      if (block->size > size) {
        Block *rest = (Block *)((u8 *)block + size);
        rest->next = block->next, rest->size = block->size - size;
        *link = rest, block->size = size;
      } else *link = block->next;
      block->next = mark_of(block);
      return block + 1;
    }
    if (!grow(size)) return 0;
  }
}

__attribute__((export_name("free"))) void give_back(void *pointer) {
  Block *block = (Block *)pointer - 1;
  u32 address = (u32)block;
  if (address - heap_start >= heap_end - heap_start || (u32)pointer % 8 || block->next != mark_of(block)) return;
  insert(block);
}

// Room for `more` bytes at the end of the answer. The answer's block stays ours from call to call and bears no mark, so that the
// memory is the same under a host that frees answers and under one that does not.
bool reserve(Out *out, u32 more) {
  if (out->room - out->n >= more) return true;
  u32 room = out->room * 2 > out->n + more ? out->room * 2 : out->n + more;
  u8 *bytes = take(room);
  if (!bytes) return false;
  ((Block *)bytes - 1)->next = 0;
  if (out->at) {
    __builtin_memcpy(bytes, out->at, out->n);
    insert((Block *)out->at - 1);
  }
  out->at = bytes, out->room = room;
  return true;
}
