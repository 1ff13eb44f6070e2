;; As rustc leaves a crate that uses wasm-bindgen, before wasm-bindgen has worked on it.
(module
  (import "__wbindgen_placeholder__" "__wbindgen_describe" (func (param i32)))
  (import "__wbindgen_externref_xform__" "__wbindgen_externref_table_grow" (func (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "malloc") (param i32) (result i32) (i32.const 1024))
  (func (export "free") (param i32))
  (func (export "echo") (param i32 i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 32)) (i64.extend_i32_u (local.get 1)))))
