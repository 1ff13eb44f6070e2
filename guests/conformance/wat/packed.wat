;; The ABI packed, with an allocator that frees. A block is a power of two of bytes, at least 16. Its exponent stands in
;; its first 4 bytes, and 8 bytes in begins what `malloc` gives; a free block keeps the next of its size there.
;;
;;   0                    128                      256
;;   ├─ 32 heads of lists ┼─ unused ───────────────┼─ blocks ...
(module
  (import "env" "reverse" (func $reverse (param i32 i32) (result i64)))
  (memory (export "memory") 2)
  (global $top (mut i32) (i32.const 256))
  (global $calls (mut i32) (i32.const 0))

  (func $malloc (export "malloc") (param $n i32) (result i32)
    (local $exponent i32)
    (local $head i32)
    (local $block i32)
    (local $end i64)
    (if (i32.gt_u (local.get $n) (i32.const 0x7ffffff8)) (then (return (i32.const 0))))
    (local.set $exponent (i32.const 4))
    (if (i32.gt_u (local.get $n) (i32.const 8))
      (then (local.set $exponent (i32.sub (i32.const 32) (i32.clz (i32.add (local.get $n) (i32.const 7)))))))
    (local.set $head (i32.shl (local.get $exponent) (i32.const 2)))
    (local.set $block (i32.load (local.get $head)))
    (if (local.get $block)
      (then (i32.store (local.get $head) (i32.load offset=8 (local.get $block))))
      (else
        (local.set $block (global.get $top))
        (local.set $end (i64.add (i64.extend_i32_u (local.get $block)) (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $exponent)))))
        (if (i32.eqz (call $reach (local.get $end))) (then (return (i32.const 0))))
        (i32.store (local.get $block) (local.get $exponent))
        (global.set $top (i32.wrap_i64 (local.get $end)))))
    (i32.add (local.get $block) (i32.const 8)))

  (func (export "free") (param $at i32)
    (local $block i32)
    (local $head i32)
    (if (i32.eqz (local.get $at)) (then (return)))
    (local.set $block (i32.sub (local.get $at) (i32.const 8)))
    (local.set $head (i32.shl (i32.load (local.get $block)) (i32.const 2)))
    (i32.store (local.get $at) (i32.load (local.get $head)))
    (i32.store (local.get $head) (local.get $block)))

  ;; Makes memory at least so large; 0 if it cannot.
  (func $reach (param $end i64) (result i32)
    (local $pages i32)
    (local.set $pages (i32.wrap_i64 (i64.shr_u (i64.add (local.get $end) (i64.const 65535)) (i64.const 16))))
    (if (i32.le_u (local.get $pages) (memory.size)) (then (return (i32.const 1))))
    (i32.ne (i32.const -1) (memory.grow (i32.sub (local.get $pages) (memory.size)))))

  (func $pack (param $at i32) (param $n i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get $at)) (i64.const 32)) (i64.extend_i32_u (local.get $n))))

  (func (export "echo") (param $at i32) (param $n i32) (result i64)
    (local $out i32)
    (local.set $out (call $malloc (local.get $n)))
    (memory.copy (local.get $out) (local.get $at) (local.get $n))
    (call $pack (local.get $out) (local.get $n)))

  (func (export "upper") (param $at i32) (param $n i32) (result i64)
    (local $out i32)
    (local $i i32)
    (local.set $out (call $malloc (local.get $n)))
    (block $eights
      (loop $next
        (br_if $eights (i32.lt_u (i32.sub (local.get $n) (local.get $i)) (i32.const 8)))
        (i64.store (i32.add (local.get $out) (local.get $i)) (call $upper8 (i64.load (i32.add (local.get $at) (local.get $i)))))
        (local.set $i (i32.add (local.get $i) (i32.const 8)))
        (br $next)))
    (block $bytes
      (loop $next
        (br_if $bytes (i32.eq (local.get $i) (local.get $n)))
        (i64.store8 (i32.add (local.get $out) (local.get $i)) (call $upper8 (i64.load8_u (i32.add (local.get $at) (local.get $i)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (call $pack (local.get $out) (local.get $n)))

  (func (export "count") (param i32 i32) (result i64)
    (local $out i32)
    (local $digits i32)
    (local $rest i32)
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (local.set $rest (global.get $calls))
    (loop $next
      (local.set $digits (i32.add (local.get $digits) (i32.const 1)))
      (br_if $next (local.tee $rest (i32.div_u (local.get $rest) (i32.const 10)))))
    (local.set $out (call $malloc (local.get $digits)))
    (local.set $rest (global.get $calls))
    (local.get $out)
    (local.set $out (i32.add (local.get $out) (local.get $digits)))
    (loop $next
      (local.set $out (i32.sub (local.get $out) (i32.const 1)))
      (i32.store8 (local.get $out) (i32.add (i32.const 48) (i32.rem_u (local.get $rest) (i32.const 10))))
      (br_if $next (local.tee $rest (i32.div_u (local.get $rest) (i32.const 10)))))
    (call $pack (local.get $digits)))

  ;; This ABI has no way to report an error.
  (func (export "fail") (param i32 i32) (result i64) unreachable)
  (func (export "trap") (param i32 i32) (result i64) unreachable)

  ;; The host takes the reply's room from our `malloc`, so the reply can be handed on as it is.
  (func (export "host") (param $at i32) (param $n i32) (result i64)
    (call $reverse (local.get $at) (local.get $n)))

  (func (export "oob") (param i32 i32) (result i64)
    (call $pack (i32.const 0xfffffff0) (i32.const 64)))

  ;; Eight bytes at once. Bit 7 of a byte of `low` is set if it is at least 'a', of `high` if it is beyond 'z'.
  (func $upper8 (param $bytes i64) (result i64)
    (local $seven i64)
    (local $low i64)
    (local $high i64)
    (local.set $seven (i64.and (local.get $bytes) (i64.const 0x7f7f7f7f7f7f7f7f)))
    (local.set $low (i64.add (local.get $seven) (i64.const 0x1f1f1f1f1f1f1f1f)))
    (local.set $high (i64.add (local.get $seven) (i64.const 0x0505050505050505)))
    (i64.xor (local.get $bytes)
      (i64.shr_u
        (i64.and
          (i64.and (local.get $low) (i64.xor (local.get $high) (i64.const -1)))
          (i64.and (i64.xor (local.get $bytes) (i64.const -1)) (i64.const 0x8080808080808080)))
        (i64.const 2)))))
