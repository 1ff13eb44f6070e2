;; The ABI packed: the host puts input where `malloc` says, an operation gives `pointer << 32 | length`, and the host
;; gives both back to `free`. Blocks lie one after the other, and once none is in use it starts at the front again.
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 16))
  (global $used (mut i32) (i32.const 0))

  (func $malloc (export "malloc") (param $n i32) (result i32)
    (local $at i32)
    (local $pages i32)
    (local.set $at (global.get $top))
    ;; Nothing so large, or 0 for memory that cannot grow, says that there is none.
    (if (i32.gt_u (local.get $n) (i32.const 0x3fffffff)) (then (return (i32.const 0))))
    (local.set $pages (i32.shr_u (i32.add (i32.add (local.get $at) (local.get $n)) (i32.const 65536)) (i32.const 16)))
    (if (i32.gt_u (local.get $pages) (memory.size))
      (then (if (i32.eq (memory.grow (i32.sub (local.get $pages) (memory.size))) (i32.const -1)) (then (return (i32.const 0))))))
    (global.set $top (i32.add (local.get $at) (i32.add (local.get $n) (i32.const 1)))) ;; no two blocks at one place
    (global.set $used (i32.add (global.get $used) (i32.const 1)))
    (local.get $at))

  (func (export "free") (param $at i32)
    (global.set $used (i32.sub (global.get $used) (i32.const 1)))
    (if (i32.eqz (global.get $used)) (then (global.set $top (i32.const 16)))))

  ;; A title as the end of an address: "Hello, World!" becomes "hello-world", which is never longer.
  (func $slugify (export "slugify") (param $at i32) (param $n i32) (result i64)
    (local $end i32) (local $out i32) (local $to i32) (local $c i32) (local $gap i32)
    (local.set $end (i32.add (local.get $at) (local.get $n)))
    (local.set $out (call $malloc (local.get $n)))
    (if (i32.eqz (local.get $out)) (then (unreachable)))
    (local.set $to (local.get $out))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $c (i32.load8_u (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (if (i32.lt_u (i32.sub (local.get $c) (i32.const 65)) (i32.const 26)) (then (local.set $c (i32.add (local.get $c) (i32.const 32)))))
        (if (i32.or (i32.lt_u (i32.sub (local.get $c) (i32.const 97)) (i32.const 26)) (i32.lt_u (i32.sub (local.get $c) (i32.const 48)) (i32.const 10)))
          (then
            (if (local.get $gap)
              (then
                (i32.store8 (local.get $to) (i32.const 45))
                (local.set $to (i32.add (local.get $to) (i32.const 1)))))
            (local.set $gap (i32.const 0))
            (i32.store8 (local.get $to) (local.get $c))
            (local.set $to (i32.add (local.get $to) (i32.const 1))))
          (else (local.set $gap (i32.gt_u (local.get $to) (local.get $out)))))
        (br $next)))
    (i64.or
      (i64.shl (i64.extend_i32_u (local.get $out)) (i64.const 32))
      (i64.extend_i32_u (i32.sub (local.get $to) (local.get $out))))))
