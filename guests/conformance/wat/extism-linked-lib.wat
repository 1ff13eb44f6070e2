;; The other of two modules: it has the kernel too, and gives its caller a block.
(module
  (import "extism:host/env" "input_length" (func $input_length (result i64)))
  (import "extism:host/env" "input_load_u8" (func $input_load_u8 (param i64) (result i32)))
  (import "extism:host/env" "input_load_u64" (func $input_load_u64 (param i64) (result i64)))
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u8" (func $store_u8 (param i64 i32)))
  (import "extism:host/env" "store_u64" (func $store_u64 (param i64 i64)))
  (memory (export "memory") 1)

  ;; A block with the input in upper case.
  (func (export "upper") (result i64)
    (local $n i64)
    (local $i i64)
    (local $block i64)
    (local.set $n (call $input_length))
    (local.set $block (call $alloc (local.get $n)))
    (block $eights
      (loop $next
        (br_if $eights (i64.lt_u (i64.sub (local.get $n) (local.get $i)) (i64.const 8)))
        (call $store_u64 (i64.add (local.get $block) (local.get $i)) (call $upper8 (call $input_load_u64 (local.get $i))))
        (local.set $i (i64.add (local.get $i) (i64.const 8)))
        (br $next)))
    (block $bytes
      (loop $next
        (br_if $bytes (i64.eq (local.get $i) (local.get $n)))
        (call $store_u8 (i64.add (local.get $block) (local.get $i))
          (i32.wrap_i64 (call $upper8 (i64.extend_i32_u (call $input_load_u8 (local.get $i))))))
        (local.set $i (i64.add (local.get $i) (i64.const 1)))
        (br $next)))
    (local.get $block))

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
