/** What the snippets call a plugin, and which of `guests/dist` it is. */
export const plugins: Readonly<Record<string, string>> = {
  "slugify.wasm": "sdk-slugify-as.wasm",
  "greeter.wasm": "sdk-greeter-as.wasm",
  "validator.wasm": "validator.wasm",
  "sums.wasm": "lines-c.wasm",
  "hangs.wasm": "wapc-c.wasm",
  "add.wasm": "plain-wat.wasm",
  "packed.wasm": "packed-wat.wasm",
  "extism.wasm": "extism-c.wasm",
  "wapc.wasm": "wapc-c.wasm",
  "emscripten.wasm": "foreign-emscripten.wasm",
  "component.wasm": "component.wasm",
  "by-extism-kit.wasm": "kit-extism-as.wasm",
  "by-wapc-kit.wasm": "kit-wapc-as.wasm",
};
