;; The Extism kernel: the memory that an Extism guest and its host share, and the functions that reach it.
;;
;; The imports of a guest from "extism:host/env" are these exports themselves. A guest that reads 64 KB by
;; `input_load_u64` makes 8,192 calls from wasm to wasm, none through JavaScript. What needs the host (config_get,
;; var_get, log_info ...) is JavaScript, which reaches this memory by the exports at the end. README.md says what each
;; export answers in every odd case, what Extism does there, and what the forms below were measured to cost.
;;
;; One call, the input "hello" and then `alloc(20)` by the guest:
;;
;;   offset   (not the guest's)      0        8           16       24            32         52   56          $dirty
;;           +------+---------------+--------+-----------+--------+-------------+----------+----+------------------+
;;           | ends | 112 list heads| null   | 5 | tag   | hello..| 20 | tag    | 20 bytes |    | of earlier calls |
;;           +------+---------------+--------+-----------+--------+-------------+----------+----+------------------+
;;   address 0      64             512      520         528      536           544             568
;;                                                                                              ^ $top
;;
;; * An offset is an address less 512, so a guest cannot name what lies below. The host looks at the memory through a
;;   view that starts at 512, and uses offsets as well.
;; * Blocks are 8-aligned. Before each is its header: length and tag, or of a free block the next one of its list and
;;   tag. A tag is the block's offset, xored with "LIVE" of one in use: so a copied header is none.
;; * A block has the smallest of 112 sizes that holds it: 8 16 24 32, then four for each doubling (40 48 56 64 80 96 ...).
;;   So the size follows from the length, and every block of a list fits.
;; * Up to 1 MiB a block is always new, even where a free one would fit: some guests free what the host has freed for
;;   them already, and that must not hit its next owner. Beyond 1 MiB the lists come first.
;; * What is at `$top` or above can be neither loaded nor stored. A new block is zeroed as far as it reaches below
;;   `$dirty`, the highest `$top` of earlier calls. So nothing of one call is visible to the next, at half the cost of
;;   zeroing between calls: what the host is about to write need not be zeroed.
;; * A guest can forge tags, lengths and links by `store_u64`. Nothing loops here, and a length or a link that leads
;;   beyond `$top` is refused: it can confuse only itself.
;; * What it does for a guest counts as the guest's own, by the same means that hardened modules have: growth is asked
;;   for, and zeroing more than 4 KiB is charged, a unit for eight bytes.
(module
  (import "isopod" "tick" (func $tick (param $kind i32) (param $amount i32) (result i32)))
  (memory (export "memory") 1)
  (global $fuel (mut i32) (i32.const 0))
  (func (export "isopod:fuel") (param $fuel i32) (result i32) (global.get $fuel) (global.set $fuel (local.get $fuel)))
  (global $top (mut i32) (i32.const 8))
  (global $dirty (mut i32) (i32.const 8))
  (global $freed (mut i32) (i32.const 0)) ;; whether a list may have a member
  ;; What the call came to lies in memory, where the host reads it without a call into wasm: the output's offset at 32,
  ;; its length at 36, the error's offset at 40.

  ;; ---- Loads and stores: the hot path -------------------------------------------------------------------------------
  ;; Each compares once, unsigned, with an end (exclusive) kept at the start of memory: 0 and 8 for 8 bytes and for one,
  ;; 16 and 24 the same for the input. That covers offsets of 2^32 and more. Out of range, a load gives 0 and a store
  ;; does nothing. The input is always at offset 16, which spares its load an addition.

  (func (export "load_u8") (param $at i64) (result i32)
    (block $out_of_range
      (br_if $out_of_range (i64.ge_u (local.get $at) (i64.load (i32.const 8))))
      (return (i32.load8_u offset=512 (i32.wrap_i64 (local.get $at)))))
    (i32.const 0))

  (func (export "load_u64") (param $at i64) (result i64)
    (block $out_of_range
      (br_if $out_of_range (i64.ge_u (local.get $at) (i64.load (i32.const 0))))
      (return (i64.load offset=512 (i32.wrap_i64 (local.get $at)))))
    (i64.const 0))

  (func (export "store_u8") (param $at i64) (param $value i32)
    (if (i64.lt_u (local.get $at) (i64.load (i32.const 8)))
      (then (i32.store8 offset=512 (i32.wrap_i64 (local.get $at)) (local.get $value)))))

  (func (export "store_u64") (param $at i64) (param $value i64)
    (if (i64.lt_u (local.get $at) (i64.load (i32.const 0)))
      (then (i64.store offset=512 (i32.wrap_i64 (local.get $at)) (local.get $value)))))

  (func (export "input_load_u8") (param $at i64) (result i32)
    (block $out_of_range
      (br_if $out_of_range (i64.ge_u (local.get $at) (i64.load (i32.const 24))))
      (return (i32.load8_u offset=528 (i32.wrap_i64 (local.get $at)))))
    (i32.const 0))

  (func (export "input_load_u64") (param $at i64) (result i64)
    (block $out_of_range
      (br_if $out_of_range (i64.ge_u (local.get $at) (i64.load (i32.const 16))))
      (return (i64.load offset=528 (i32.wrap_i64 (local.get $at)))))
    (i64.const 0))

  ;; Sets both ends at `$cell`.
  (func $set_ends (param $cell i32) (param $end i32)
    (i64.store offset=8 (local.get $cell) (i64.extend_i32_u (local.get $end)))
    (i64.store
      (local.get $cell)
      (i64.extend_i32_u
        (select
          (i32.sub (local.get $end) (i32.const 7))
          (i32.const 0)
          (i32.gt_u (local.get $end) (i32.const 7))))))

  ;; ---- Blocks --------------------------------------------------------------------------------------------------------

  ;; The size of a block for n > 0 bytes is ($steps + 1) << $shift: from 32 bytes on, 5 to 8 quarters of a power of two.
  (func $shift (param $n i32) (result i32)
    (i32.sub (i32.const 29) (i32.clz (i32.or (i32.sub (local.get $n) (i32.const 1)) (i32.const 32)))))

  (func $steps (param $n i32) (result i32)
    (i32.shr_u (i32.sub (local.get $n) (i32.const 1)) (call $shift (local.get $n))))

  (func $size (param $n i32) (result i32)
    (i32.shl (i32.add (call $steps (local.get $n)) (i32.const 1)) (call $shift (local.get $n))))

  ;; Where the first free block of that size is noted, less 16. The shift is at least 3, so no head is below 64.
  (func $head (param $n i32) (result i32)
    (i32.add
      (i32.shl (call $shift (local.get $n)) (i32.const 4))
      (i32.shl (call $steps (local.get $n)) (i32.const 2))))

  ;; Offset 0 is no block: what would be its header is the unused end of the heads, always 0.
  (func $tag (param $block i32) (result i32)
    (i32.xor (i32.load offset=508 (local.get $block)) (local.get $block)))

  (func $live (param $block i32) (param $n i32) (result i32)
    (i32.store offset=504 (local.get $block) (local.get $n))
    (i32.store offset=508 (local.get $block) (i32.xor (local.get $block) (i32.const 0x4556494c)))
    (local.get $block))

  (func $set_top (param $top i32)
    (global.set $top (local.get $top))
    (call $set_ends (i32.const 0) (local.get $top)))

  ;; Grows, if that is allowed: gives -1 like `memory.grow` if not.
  (func $grow (param $pages i32) (result i32)
    (local $before i32)
    (if (i32.eqz (call $tick (i32.const 1) (local.get $pages))) (then (return (i32.const -1))))
    (local.set $before (memory.grow (local.get $pages)))
    (if (i32.lt_s (local.get $before) (i32.const 0)) (then (drop (call $tick (i32.const 2) (local.get $pages)))))
    (local.get $before))

  (func $charge (param $bytes i32)
    (global.set $fuel (i32.sub (global.get $fuel) (i32.shr_u (local.get $bytes) (i32.const 3))))
    (if (i32.lt_s (global.get $fuel) (i32.const 0))
      (then
        (global.set $fuel (call $tick (i32.const 0) (global.get $fuel)))
        (if (i32.lt_s (global.get $fuel) (i32.const 0)) (then (unreachable))))))

  (func $zero (param $from i32) (param $to i32)
    (if (i32.lt_u (local.get $from) (local.get $to))
      (then
        (if (i32.gt_u (i32.sub (local.get $to) (local.get $from)) (i32.const 0x1000))
          (then (call $charge (i32.sub (local.get $to) (local.get $from)))))
        (memory.fill
          (i32.add (local.get $from) (i32.const 512))
          (i32.const 0)
          (i32.sub (local.get $to) (local.get $from))))))

  ;; A block for n bytes, or 0. The caller writes the first `$own` bytes before the guest runs again.
  (func $take (param $n i32) (param $own i32) (result i32)
    (local $size i32) (local $block i32) (local $end i32) (local $head i32) (local $pages i32)
    (if (i32.le_s (local.get $n) (i32.const 0)) (then (return (i32.const 0)))) ;; 2 GiB and more too
    (local.set $size (call $size (local.get $n)))

    (if (i32.gt_u (global.get $top) (i32.const 0x100000))
      (then
        (local.set $block (i32.load offset=16 (local.tee $head (call $head (local.get $n)))))
        ;; A guest can have forged the link: the list ends here unless it leads to a free block below `$top`.
        (i32.store offset=16 (local.get $head) (i32.const 0))
        (if (i32.lt_u (i32.sub (local.get $block) (i32.const 1)) (i32.sub (global.get $top) (i32.const 1)))
          (then
            (if (i32.and
                  (i32.eqz (call $tag (local.get $block)))
                  (i32.le_u (local.get $size) (i32.sub (global.get $top) (local.get $block))))
              (then
                (i32.store offset=16 (local.get $head) (i32.load offset=504 (local.get $block)))
                (return (call $live (local.get $block) (local.get $n)))))))))

    (if (i32.ge_u (local.get $size) (i32.sub (i32.const 0xfffe0000) (global.get $top)))
      (then (return (i32.const 0)))) ;; beyond 4 GiB
    (local.set $block (i32.add (global.get $top) (i32.const 8)))
    (local.set $end (i32.add (local.get $block) (local.get $size)))
    ;; Memory grows by half: to grow costs more the larger it is, and pages that nobody touches cost nothing.
    (local.set $pages
      (i32.sub
        (i32.shr_u (i32.add (local.get $end) (i32.const 0x101ff)) (i32.const 16))
        (memory.size)))
    (if (i32.gt_s (local.get $pages) (i32.const 0))
      (then
        (if (i32.lt_s
              (call $grow (i32.add (local.get $pages) (i32.shr_u (memory.size) (i32.const 1))))
              (i32.const 0))
          (then
            (if (i32.lt_s (call $grow (local.get $pages)) (i32.const 0))
              (then (return (i32.const 0))))))))

    (call $set_top (local.get $end))
    (call $zero
      (i32.add (local.get $block) (local.get $own))
      (select
        (local.get $end)
        (global.get $dirty)
        (i32.lt_u (local.get $end) (global.get $dirty))))
    (call $live (local.get $block) (local.get $n)))

  (func (export "alloc") (param $n i64) (result i64)
    (i64.extend_i32_u
      (call $take
        (select
          (i32.wrap_i64 (local.get $n))
          (i32.const 0)
          (i64.lt_u (local.get $n) (i64.const 0x80000000)))
        (i32.const 0))))

  ;; The length of the block that starts at an offset, or 0 if none does.
  (func $block_length (param $block i32) (result i32) (local $n i32)
    (if (i32.lt_u (local.get $block) (i32.load (i32.const 0)))
      (then
        (if (i32.eq (call $tag (local.get $block)) (i32.const 0x4556494c))
          (then
            (if (i32.le_u
                  (local.tee $n (i32.load offset=504 (local.get $block)))
                  (i32.sub (global.get $top) (local.get $block)))
              (then (return (local.get $n))))))))
    (i32.const 0))

  (func $length (export "length") (export "length_unsafe") (param $at i64) (result i64)
    (i64.extend_i32_u
      (call $block_length
        (select
          (i32.wrap_i64 (local.get $at))
          (i32.const 0)
          (i64.lt_u (local.get $at) (i64.load (i32.const 0)))))))

  ;; The output and the error are the host's once they are set: freeing them does nothing. The bytes of any other block
  ;; stay until it is reused.
  (func (export "free") (param $at i64) (local $block i32) (local $n i32) (local $head i32)
    (local.set $n (i32.wrap_i64 (call $length (local.get $at))))
    (local.set $block (i32.wrap_i64 (local.get $at)))
    (br_if 0
      (i32.or
        (i32.eqz (local.get $n))
        (i32.or
          (i32.eq (local.get $block) (i32.load (i32.const 32)))
          (i32.eq (local.get $block) (i32.load (i32.const 40))))))
    (if (i32.eq (local.get $block) (i32.const 16))
      (then (call $set_ends (i32.const 16) (i32.const 0))))
    (i32.store offset=508 (local.get $block) (local.get $block))
    (i32.store offset=504
      (local.get $block)
      (i32.load offset=16 (local.tee $head (call $head (local.get $n)))))
    (i32.store offset=16 (local.get $head) (local.get $block))
    (global.set $freed (i32.const 1)))

  ;; ---- Input, output and error, for the guest ------------------------------------------------------------------------

  (func (export "input_length") (result i64) (i64.load (i32.const 24)))

  (func (export "input_offset") (result i64)
    (select (i64.const 16) (i64.const 0) (i32.load (i32.const 24))))

  ;; Offset and length of -1 tell the host that the guest named memory that is not its own.
  (func (export "output_set") (param $at i64) (param $n i64)
    (if (i32.or
          (i64.gt_u (local.get $n) (i64.load (i32.const 8)))
          (i64.gt_u (local.get $at) (i64.sub (i64.load (i32.const 8)) (local.get $n))))
      (then (local.set $at (i64.const -1)) (local.set $n (i64.const -1))))
    (i32.store (i32.const 32) (i32.wrap_i64 (local.get $at)))
    (i32.store (i32.const 36) (i32.wrap_i64 (local.get $n))))

  (func (export "error_set") (param $at i64)
    (i32.store (i32.const 40)
      (select
        (i32.wrap_i64 (local.get $at))
        (i32.const -1)
        (i32.or
          (i64.eqz (local.get $at))
          (i32.wrap_i64 (call $length (local.get $at)))))))

  (func (export "error_get") (result i64) (i64.extend_i32_u (i32.load (i32.const 40))))

  ;; ---- For the host: i32, since an i64 is a BigInt in JavaScript -----------------------------------------------------

  ;; Starts a call: all blocks are gone. The host then writes the n bytes of the input to the block, always 16; 0 if
  ;; there is no room, or n is 0.
  (func (export "begin") (param $n i32) (result i32) (local $block i32)
    (if (i32.gt_u (global.get $top) (global.get $dirty)) (then (global.set $dirty (global.get $top))))
    (call $set_top (i32.const 8))
    (i64.store (i32.const 512) (i64.const 0)) ;; a guest may have stored to null
    (i32.store (i32.const 32) (i32.const 0))
    (i32.store (i32.const 36) (i32.const 0))
    (i32.store (i32.const 40) (i32.const 0))
    (if (global.get $freed)
      (then
        (memory.fill (i32.const 64) (i32.const 0) (i32.const 448))
        (global.set $freed (i32.const 0))))
    (local.set $block (call $take (local.get $n) (local.get $n)))
    (call $set_ends (i32.const 16) (select (local.get $n) (i32.const 0) (local.get $block)))
    (local.get $block))

  ;; A block of which the host writes all n bytes before the guest runs again, or which it shrinks to what it wrote.
  (func (export "host_alloc") (param $n i32) (result i32)
    (call $take (local.get $n) (local.get $n)))

  ;; Cuts a block, the input's too, to its first n > 0 bytes: text is encoded into 3 bytes a UTF-16 unit, then cut.
  (func (export "shrink") (param $block i32) (param $n i32) (local $end i32)
    (local.set $end
      (i32.add (local.get $block) (call $size (i32.load offset=504 (local.get $block)))))
    (if (i32.eq (local.get $end) (global.get $top))
      (then
        (if (i32.gt_u (local.get $end) (global.get $dirty)) (then (global.set $dirty (local.get $end))))
        (call $set_top (local.tee $end (i32.add (local.get $block) (call $size (local.get $n)))))))
    (call $zero (i32.add (call $live (local.get $block) (local.get $n)) (local.get $n)) (local.get $end))
    (if (i32.and (i32.eq (local.get $block) (i32.const 16)) (i32.ne (i32.load (i32.const 24)) (i32.const 0)))
      (then (call $set_ends (i32.const 16) (local.get $n))))))
