;; As Emscripten leaves it without -sSTANDALONE_WASM: imports are served by the JavaScript that it writes beside the module.
(module
  (import "env" "emscripten_memcpy_big" (func (param i32 i32 i32)))
  (import "env" "emscripten_resize_heap" (func (param i32) (result i32)))
  (import "env" "invoke_ii" (func (param i32 i32) (result i32)))
  (import "env" "__syscall_openat" (func (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "__wasm_call_ctors"))
  (func (export "malloc") (param i32) (result i32) (i32.const 1024))
  (func (export "free") (param i32))
  (func (export "echo") (param i32 i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 32)) (i64.extend_i32_u (local.get 1)))))
