import type { Called } from "../call-form.ts";
import type { LanguageId } from "./languages.ts";

/** What an editor begins with: a plugin, and a call of it. AssemblyScript is written on its kit, the others by hand. */
export interface Template {
  readonly code: string;
  readonly call: Called;
  /** Further files that the code may import from, by name without the ending. */
  readonly files?: Readonly<Record<string, string>>;
}

const assemblyscript: Template = {
  code: `import { log } from "isopod";

/** Letters and digits stay; the rest is dashes. */
export function slugify(text: string): string {
  const lower = text.toLowerCase();
  let slug = "";
  let gap = false;
  for (let i = 0; i < lower.length; i++) {
    const c = lower.charCodeAt(i);
    if ((c >= 97 && c <= 122) || (c >= 48 && c <= 57)) {
      if (gap && slug.length > 0) slug += "-";
      slug += String.fromCharCode(c);
      gap = false;
    } else gap = true;
  }
  if (slug.length == 0) throw new Error("nothing is left of " + text);
  log.info(slug);
  return slug;
}
`,
  call: { op: "slugify", form: "text", text: "Woodlice of the World, 2nd Edition" },
};

const c: Template = {
  code: `#include "packed.h"

// Counts how often each letter comes.
EXPORT(letters) uint64_t letters(const uint8_t *at, uint32_t length) {
  uint32_t seen[26] = { 0 };
  for (uint32_t i = 0; i < length; i++) {
    uint8_t letter = at[i] | 0x20;
    if (letter >= 'a' && letter <= 'z') seen[letter - 'a']++;
  }
  char *out = malloc(26 * 12), *end = out;
  for (int i = 0; i < 26; i++) {
    if (seen[i] == 0) continue;
    *end++ = (char)('a' + i);
    end = decimal(end, seen[i]);
    *end++ = ' ';
  }
  return reply(out, end - out);
}
`,
  call: { op: "letters", form: "text", text: "abracadabra" },
  files: {
    packed: `// The ABI packed: bytes in by malloc, and pointer << 32 | length out. There is no C library.
#pragma once
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name)))

extern uint8_t __heap_base;
static uintptr_t top;

// Given out upwards and never taken back: each call of the workbench has an instance of its own.
EXPORT(malloc) void *malloc(uint32_t size) {
  if (top == 0) top = ((uintptr_t)&__heap_base + 7) & ~(uintptr_t)7;
  uintptr_t at = top;
  top += (size + 7) & ~7u;
  uintptr_t room = __builtin_wasm_memory_size(0) * 65536;
  if (top > room && __builtin_wasm_memory_grow(0, (top - room + 65535) / 65536) == (uintptr_t)-1) return 0;
  return (void *)at;
}

static inline uint64_t reply(const void *at, uint32_t length) {
  return (uint64_t)(uintptr_t)at << 32 | length;
}

// Writes a number, and gives where it ends.
static inline char *decimal(char *at, uint32_t value) {
  char digits[10];
  int n = 0;
  do digits[n++] = (char)('0' + value % 10); while (value /= 10);
  while (n > 0) *at++ = digits[--n];
  return at;
}
`,
  },
};

const wat: Template = {
  code: `;; Reverses bytes. Memory is given out upwards and never taken back:
;; each call of the workbench has an instance of its own.
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 1024))

  (func $malloc (export "malloc") (param $size i32) (result i32)
    (global.get $top)
    (global.set $top (i32.add (global.get $top) (local.get $size))))

  ;; (pointer, length) -> pointer << 32 | length
  (func (export "reverse") (param $at i32) (param $length i32) (result i64)
    (local $out i32)
    (local $i i32)
    (local.set $out (call $malloc (local.get $length)))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $i) (local.get $length)))
        (i32.store8
          (i32.sub (i32.add (local.get $out) (local.get $length)) (i32.add (local.get $i) (i32.const 1)))
          (i32.load8_u (i32.add (local.get $at) (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (i64.or
      (i64.shl (i64.extend_i32_u (local.get $out)) (i64.const 32))
      (i64.extend_i32_u (local.get $length)))))
`,
  call: { op: "reverse", form: "text", text: "stressed" },
};

export const TEMPLATES: Readonly<Record<LanguageId, Template>> = { assemblyscript, c, wat };
