;; A plugin that has turned on its host: it answers, and when asked to, it does each thing that a host must survive. ABI packed.
;;
;;   0x0010  iovec: pointer, length        0x0400  what it answers        0x0500  a line of its log
;;   0x1000  the input                     2 MiB in all, so that 1 MiB can be claimed as an answer
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "env" "reverse" (func $reverse (param i32 i32) (result i64)))
  (memory (export "memory") 32)
  (data (i32.const 0x400) "version 01")
  (data (i32.const 0x500) "the same line of log, again and again and again and again ....\n")

  (func (export "malloc") (param $n i32) (result i32)
    (select (i32.const 0x1000) (i32.const 0) (i32.lt_u (local.get $n) (i32.const 0x10000))))

  ;; What is asked before, between and after: ten bytes at 0x400.
  (func (export "version") (param i32 i32) (result i64)
    (i64.const 0x000004000000000a))

  ;; Never returns.
  (func (export "loop") (param i32 i32) (result i64)
    (loop $again (br $again))
    (i64.const 0))

  ;; Sixteen pages more, until there are none, and then no plan what to do.
  (func (export "bomb") (param i32 i32) (result i64)
    (loop $again
      (br_if $again (i32.ne (memory.grow (i32.const 16)) (i32.const -1))))
    (unreachable))

  ;; An answer of 64 bytes that begins inside of memory and ends behind it.
  (func (export "forge") (param i32 i32) (result i64)
    (i64.or
      (i64.shl (i64.extend_i32_u (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 6))) (i64.const 32))
      (i64.const 64)))

  ;; Ten thousand lines of log, 630 KB, and then 1 MiB of answer.
  (func (export "flood") (param i32 i32) (result i64)
    (local $lines i32)
    (i32.store (i32.const 0x10) (i32.const 0x500))
    (i32.store (i32.const 0x14) (i32.const 63))
    (loop $again
      (drop (call $fd_write (i32.const 1) (i32.const 0x10) (i32.const 1) (i32.const 0x18)))
      (local.set $lines (i32.add (local.get $lines) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $lines) (i32.const 10000))))
    (i64.const 0x0000000000100000))

  ;; Asks its host for a favour, for ever.
  (func (export "nag") (param i32 i32) (result i64)
    (loop $again
      (drop (call $reverse (i32.const 0x400) (i32.const 10)))
      (br $again))
    (i64.const 0)))
