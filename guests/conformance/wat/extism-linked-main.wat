;; The main one of two modules: `upper` is done by "lib", in a block of the kernel that both share.
(module
  (import "extism:host/env" "input_length" (func $input_length (result i64)))
  (import "extism:host/env" "output_set" (func $output_set (param i64 i64)))
  (import "lib" "upper" (func $upper (result i64)))
  (memory (export "memory") 1)

  (func (export "upper") (result i32)
    (call $output_set (call $upper) (call $input_length))
    (i32.const 0)))
