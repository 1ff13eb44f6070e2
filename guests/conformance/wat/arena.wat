;; The floor of every comparison: nothing is managed. Each input goes to the same place, and the answer is written over it.
;;
;;   0          1024        1024 + n
;;   ├─ unused ─┼─ n bytes ─┤
(module
  (memory (export "memory") 34) ;; 1 MiB in and as much again, with room to spare

  (func (export "alloc") (param $n i32) (result i32)
    (local $short i32) ;; bytes that memory has too few
    (local.set $short (i32.sub (i32.add (local.get $n) (i32.const 1024)) (i32.mul (memory.size) (i32.const 65536))))
    (if (i32.gt_s (local.get $short) (i32.const 0))
      (then
        (if (i32.eq (i32.const -1) (memory.grow (i32.shr_u (i32.add (local.get $short) (i32.const 65535)) (i32.const 16))))
          (then (return (i32.const 0))))))
    (i32.const 1024))

  (func $pack (param $at i32) (param $n i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get $at)) (i64.const 32)) (i64.extend_i32_u (local.get $n))))

  (func (export "echo") (param $at i32) (param $n i32) (result i64)
    (call $pack (local.get $at) (local.get $n)))

  (func (export "upper") (param $at i32) (param $n i32) (result i64)
    (local $i i32)
    (local $end i32)
    (local.set $i (local.get $at))
    (local.set $end (i32.add (local.get $at) (local.get $n)))
    (block $eights
      (loop $next
        (br_if $eights (i32.lt_u (i32.sub (local.get $end) (local.get $i)) (i32.const 8)))
        (i64.store (local.get $i) (call $upper8 (i64.load (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 8)))
        (br $next)))
    (block $bytes
      (loop $next
        (br_if $bytes (i32.eq (local.get $i) (local.get $end)))
        (i64.store8 (local.get $i) (call $upper8 (i64.load8_u (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (call $pack (local.get $at) (local.get $n)))

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
