/** What test/workerd.ts makes of such an import. */
declare module "*.wasm?bytes" {
  const bytes: ArrayBuffer;
  export default bytes;
}

/** The bindings, at the top level too. */
declare module "cloudflare:workers" {
  export const env: unknown;
}
