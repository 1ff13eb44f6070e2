;; As wasm-bindgen leaves it: imports are served by the JavaScript that it writes beside the module.
(module
  (import "wbg" "__wbindgen_throw" (func (param i32 i32)))
  (import "wbg" "__wbindgen_string_new" (func (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "__wbindgen_malloc") (param i32 i32) (result i32) (i32.const 1024))
  (func (export "__wbindgen_free") (param i32 i32 i32))
  (func (export "echo") (param i32 i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 32)) (i64.extend_i32_u (local.get 1)))))
