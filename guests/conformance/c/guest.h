// What every guest in C shares. No C library: freestanding, with an allocator of our own (memory.c).
#pragma once
#include <stdint.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;

#define EXPORT(name) __attribute__((export_name(#name)))
#define IMPORT(module, name) __attribute__((import_module(module), import_name(#name)))

// A run of bytes. One that an operation returns comes from `malloc` and is its caller's to free.
typedef struct { u8 *at; u32 n; } Bytes;

void *malloc(u32 size);
void free(void *block);

static inline void copy(void *to, const void *from, u32 n) { __builtin_memcpy(to, from, n); }

// A literal without its final NUL.
#define LITERAL(text) ((Bytes){ (u8 *)(text), sizeof(text) - 1 })
