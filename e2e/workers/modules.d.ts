/** What e2e/harness/bundle-workerd.ts supplies. */
declare module "built:guests" {
  const guests: Readonly<Record<string, { readonly module: WebAssembly.Module | undefined; readonly bytes: ArrayBuffer }>>;
  export default guests;
}
declare module "built:attacks" {
  const attacks: Readonly<Record<string, WebAssembly.Module>>;
  export default attacks;
}
declare module "built:probe.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "built:loaded-probe.txt" {
  const text: string;
  export default text;
}
declare module "*/probe.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "cloudflare:workers" {
  export class WorkerEntrypoint<Env = unknown> {
    protected readonly env: Env;
  }
}
