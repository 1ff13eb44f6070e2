;; The ABI wapc, lean: operation and payload always come to the same places, and the answer is written over the payload.
;;
;;   0        16                       512              1024        1024 + n
;;   ├────────┼─ texts of the host call┼─ operation ... ┼─ payload ─┤
(module
  (import "wapc" "__guest_request" (func $request (param i32 i32)))
  (import "wapc" "__guest_response" (func $response (param i32 i32)))
  (import "wapc" "__guest_error" (func $error (param i32 i32)))
  (import "wapc" "__host_call" (func $host_call (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wapc" "__host_response_len" (func $host_response_len (result i32)))
  (import "wapc" "__host_response" (func $host_response (param i32)))
  (import "wapc" "__host_error_len" (func $host_error_len (result i32)))
  (import "wapc" "__host_error" (func $host_error (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "b")
  (data (i32.const 32) "test")
  (data (i32.const 48) "reverse")
  (data (i32.const 64) "no such operation")

  (func (export "__guest_call") (param $operation i32) (param $n i32) (result i32)
    (local $name i64) ;; every operation's fits, with zeros behind it
    (if (i32.gt_u (local.get $operation) (i32.const 8)) (then (return (call $unknown))))
    (call $reach (i32.add (local.get $n) (i32.const 1024)))
    (i64.store (i32.const 512) (i64.const 0))
    (call $request (i32.const 512) (i32.const 1024))
    (local.set $name (i64.load (i32.const 512)))
    (if (i64.eq (local.get $name) (i64.const 0x6f686365)) ;; echo
      (then (return (call $answer (local.get $n)))))
    (if (i64.eq (local.get $name) (i64.const 0x7265707075)) ;; upper
      (then
        (call $upper (i32.const 1024) (i32.add (local.get $n) (i32.const 1024)))
        (return (call $answer (local.get $n)))))
    (if (i64.eq (local.get $name) (i64.const 0x6c696166)) ;; fail
      (then
        (call $error (i32.const 1024) (local.get $n))
        (return (i32.const 0))))
    (if (i64.eq (local.get $name) (i64.const 0x70617274)) (then unreachable)) ;; trap
    (if (i64.eq (local.get $name) (i64.const 0x74736f68)) ;; host
      (then (return (call $host (local.get $n)))))
    (if (i64.eq (local.get $name) (i64.const 0x626f6f)) ;; oob
      (then
        (call $response (i32.const 0xfffffff0) (i32.const 64))
        (return (i32.const 1))))
    (call $unknown))

  (func $answer (param $n i32) (result i32)
    (call $response (i32.const 1024) (local.get $n))
    (i32.const 1))

  (func $unknown (result i32)
    (call $error (i32.const 64) (i32.const 17))
    (i32.const 0))

  (func $host (param $n i32) (result i32)
    (if (call $host_call (i32.const 16) (i32.const 1) (i32.const 32) (i32.const 4) (i32.const 48) (i32.const 7) (i32.const 1024) (local.get $n))
      (then
        (call $reach (i32.add (local.tee $n (call $host_response_len)) (i32.const 1024)))
        (call $host_response (i32.const 1024))
        (return (call $answer (local.get $n)))))
    (call $reach (i32.add (local.tee $n (call $host_error_len)) (i32.const 1024)))
    (call $host_error (i32.const 1024))
    (call $error (i32.const 1024) (local.get $n))
    (i32.const 0))

  ;; Makes memory at least so large, or traps.
  (func $reach (param $end i32)
    (local $short i32)
    (local.set $short (i32.sub (local.get $end) (i32.mul (memory.size) (i32.const 65536))))
    (if (i32.gt_s (local.get $short) (i32.const 0))
      (then
        (if (i32.eq (i32.const -1) (memory.grow (i32.shr_u (i32.add (local.get $short) (i32.const 65535)) (i32.const 16))))
          (then unreachable)))))

  (func $upper (param $i i32) (param $end i32)
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
        (br $next))))

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
