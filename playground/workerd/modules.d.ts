/** What workerd/start.mjs supplies beside the script. */
declare module "*/plugin.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*/plugin.bin" {
  const bytes: ArrayBuffer;
  export default bytes;
}
