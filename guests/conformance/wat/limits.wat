;; Uses up whatever there is, in the ABI packed. Input and answer lie at 1024; a number is four bytes.
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "env" "reverse" (func $reverse (param i32 i32) (result i64)))
  (memory (export "memory") 3)
  (table $table 1 funcref)

  ;; 64 KiB and a little more are enough for every case.
  (func (export "malloc") (param $n i32) (result i32)
    (select (i32.const 1024) (i32.const 0) (i32.lt_u (local.get $n) (i32.const 131072))))

  (func $pack (param $at i32) (param $n i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get $at)) (i64.const 32)) (i64.extend_i32_u (local.get $n))))

  (func $number (param $value i32) (result i64)
    (i32.store (i32.const 1024) (local.get $value))
    (call $pack (i32.const 1024) (i32.const 4)))

  (func (export "echo") (param $at i32) (param $n i32) (result i64)
    (call $pack (local.get $at) (local.get $n)))

  ;; Never returns.
  (func (export "spin") (param i32 i32) (result i64)
    (loop $again (br $again))
    (i64.const 0))

  ;; As many turns as the input says.
  (func (export "work") (param $at i32) (param i32) (result i64)
    (local $turns i32)
    (local.set $turns (i32.load (local.get $at)))
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $turns)))
        (local.set $turns (i32.sub (local.get $turns) (i32.const 1)))
        (br $again)))
    (call $number (i32.const 0)))

  ;; Memory by so many pages: what `memory.grow` gives.
  (func (export "grow") (param $at i32) (param i32) (result i64)
    (call $number (memory.grow (i32.load (local.get $at)))))

  ;; Memory until there is no more, and then no plan what to do.
  (func (export "bomb") (param i32 i32) (result i64)
    (loop $again
      (br_if $again (i32.ne (memory.grow (i32.const 16)) (i32.const -1))))
    (unreachable))

  ;; The table by so many elements: what `table.grow` gives.
  (func (export "widen") (param $at i32) (param i32) (result i64)
    (call $number (table.grow $table (ref.null func) (i32.load (local.get $at)))))

  ;; Writes the input to standard output again and again, as many times as its first four bytes say.
  (func (export "say") (param $at i32) (param $n i32) (result i64)
    (local $times i32)
    (local.set $times (i32.load (local.get $at)))
    (i32.store (i32.const 16) (i32.add (local.get $at) (i32.const 4)))
    (i32.store (i32.const 20) (i32.sub (local.get $n) (i32.const 4)))
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $times)))
        (local.set $times (i32.sub (local.get $times) (i32.const 1)))
        (drop (call $fd_write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 24)))
        (br $again)))
    (call $number (i32.const 0)))

  ;; Calls the host as many times as the first four bytes say.
  (func (export "ask") (param $at i32) (param i32) (result i64)
    (local $times i32)
    (local.set $times (i32.load (local.get $at)))
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $times)))
        (local.set $times (i32.sub (local.get $times) (i32.const 1)))
        (drop (call $reverse (i32.const 1024) (i32.const 1)))
        (br $again)))
    (call $number (i32.const 0)))

  ;; An output of so many bytes.
  (func (export "give") (param $at i32) (param i32) (result i64)
    (call $pack (i32.const 1024) (i32.load (local.get $at)))))
