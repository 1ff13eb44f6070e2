/** The bindings of runtimes/workerd.ts, as far as they are used here: our own small types instead of a global package of them. */
export interface Env {
  readonly LOADER: WorkerLoader;
  /** This worker: a fetch through it is a request of its own. */
  readonly SELF: { fetch(url: string, init?: { readonly signal?: AbortSignal }): Promise<Response> };
}

export interface WorkerLoader {
  get(id: string, code: () => WorkerCode | Promise<WorkerCode>): { getEntrypoint(): unknown };
}

export interface WorkerCode {
  readonly compatibilityDate: string;
  readonly mainModule: string;
  readonly modules: Readonly<Record<string, string | { readonly wasm: ArrayBuffer | WebAssembly.Module }>>;
}
