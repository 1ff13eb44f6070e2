;; A pointer beyond 2 GiB, negative to who reads it as signed, and a length with which the end wraps round to 0x10.
(module
  (memory (export "memory") 1)
  (func (export "malloc") (param i32) (result i32) (i32.const 1024))
  (func (export "free") (param i32))
  (func (export "echo") (param i32 i32) (result i64)
    (i64.const 0xfffffff000000020)))
