import type { Called } from "../call-form.ts";
import type { LanguageId } from "./languages.ts";

/** What an editor begins with: a plugin of the ABI packed, and a call of it. */
export interface Template {
  readonly code: string;
  readonly call: Called;
  /** Further files that the code may import from, by name without the ending. */
  readonly files?: Readonly<Record<string, string>>;
}

const assemblyscript: Template = {
  code: `import { read, reply } from "./packed";
export { malloc, free } from "./packed";

/** Letters and digits stay; the rest is dashes. */
export function slugify(pointer: usize, length: usize): u64 {
  const text = read(pointer, length).toLowerCase();
  let slug = "";
  let gap = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if ((c >= 97 && c <= 122) || (c >= 48 && c <= 57)) {
      if (gap && slug.length > 0) slug += "-";
      slug += String.fromCharCode(c);
      gap = false;
    } else gap = true;
  }
  return reply(slug);
}
`,
  call: { op: "slugify", form: "text", text: "Woodlice of the World, 2nd Edition" },
  files: {
    packed: `// The ABI packed: bytes in by malloc, and pointer << 32 | length out.
export function malloc(size: usize): usize {
  return heap.alloc(size);
}

export function free(pointer: usize): void {
  if (pointer) heap.free(pointer);
}

export function read(pointer: usize, length: usize): string {
  return String.UTF8.decodeUnsafe(pointer, length);
}

export function reply(text: string): u64 {
  const length = String.UTF8.byteLength(text);
  const pointer = heap.alloc(length);
  String.UTF8.encodeUnsafe(changetype<usize>(text), text.length, pointer);
  return ((pointer as u64) << 32) | (length as u64);
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

export const TEMPLATES: Readonly<Record<LanguageId, Template>> = { assemblyscript, wat };
