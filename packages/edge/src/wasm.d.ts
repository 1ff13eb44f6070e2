/** What workerd makes of a `.wasm` import: a compiled module. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

/** The same in `edge-light`: Next and Vercel, to whom a plain `.wasm` is a module's exports. */
declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
