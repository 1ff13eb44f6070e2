;; Speaks two ABIs at once, and nothing says which is meant.
(module
  (import "extism:host/env" "input_length" (func (result i64)))
  (import "wapc" "__guest_response" (func (param i32 i32)))
  (memory (export "memory") 1)
  (func (export "echo") (result i32) (i32.const 0))
  (func (export "__guest_call") (param i32 i32) (result i32) (i32.const 1)))
