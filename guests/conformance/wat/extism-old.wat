;; A guest from before Extism 1.0: the same functions by other names, in the module "env".
(module
  (import "env" "extism_input_length" (func $input_length (result i64)))
  (import "env" "extism_input_load_u8" (func $input_load_u8 (param i64) (result i32)))
  (import "env" "extism_input_load_u64" (func $input_load_u64 (param i64) (result i64)))
  (import "env" "extism_alloc" (func $alloc (param i64) (result i64)))
  (import "env" "extism_length" (func $length (param i64) (result i64)))
  (import "env" "extism_store_u8" (func $store_u8 (param i64 i32)))
  (import "env" "extism_store_u64" (func $store_u64 (param i64 i64)))
  (import "env" "extism_output_set" (func $output_set (param i64 i64)))
  (import "env" "extism_error_set" (func $error_set (param i64)))
  (import "env" "extism_config_get" (func $config_get (param i64) (result i64)))
  (import "env" "extism_var_get" (func $var_get (param i64) (result i64)))
  (import "env" "extism_var_set" (func $var_set (param i64 i64)))
  (import "env" "extism_log_info" (func $log_info (param i64)))
  (memory (export "memory") 1)

  ;; A block with the input in it.
  (func $copy (result i64)
    (local $n i64)
    (local $i i64)
    (local $block i64)
    (local.set $n (call $input_length))
    (local.set $block (call $alloc (local.get $n)))
    (block $eights
      (loop $next
        (br_if $eights (i64.lt_u (i64.sub (local.get $n) (local.get $i)) (i64.const 8)))
        (call $store_u64 (i64.add (local.get $block) (local.get $i)) (call $input_load_u64 (local.get $i)))
        (local.set $i (i64.add (local.get $i) (i64.const 8)))
        (br $next)))
    (block $bytes
      (loop $next
        (br_if $bytes (i64.eq (local.get $i) (local.get $n)))
        (call $store_u8 (i64.add (local.get $block) (local.get $i)) (call $input_load_u8 (local.get $i)))
        (local.set $i (i64.add (local.get $i) (i64.const 1)))
        (br $next)))
    (local.get $block))

  (func $output (param $block i64)
    (call $output_set (local.get $block) (call $length (local.get $block))))

  (func (export "echo") (result i32)
    (call $output (call $copy))
    (i32.const 0))

  (func (export "fail") (result i32)
    (call $error_set (call $copy))
    (i32.const 1))

  (func (export "log") (result i32)
    (call $log_info (call $copy))
    (i32.const 0))

  (func (export "config") (result i32)
    (local $value i64)
    (if (i64.ne (i64.const 0) (local.tee $value (call $config_get (call $copy))))
      (then (call $output (local.get $value))))
    (i32.const 0))

  ;; Answers what the last call gave, and keeps the input for the next, in the variable "n".
  (func (export "last") (result i32)
    (local $key i64)
    (local $value i64)
    (local.set $key (call $alloc (i64.const 1)))
    (call $store_u8 (local.get $key) (i32.const 110))
    (if (i64.ne (i64.const 0) (local.tee $value (call $var_get (local.get $key))))
      (then (call $output (local.get $value))))
    (call $var_set (local.get $key) (call $copy))
    (i32.const 0)))
