/** What workerd makes of a `.wasm` import: a compiled module. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
