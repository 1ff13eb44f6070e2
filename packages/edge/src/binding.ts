/**
 * The Worker Loader binding (`env.LOADER`), as far as it is used here: a structural type, so that it fits the binding
 * of every version of Cloudflare's own types.
 *
 * @example
 * // wrangler.jsonc: "worker_loaders": [{ "binding": "LOADER" }]
 * const host = createHost({ loader: env.LOADER });
 */
export interface WorkerLoader {
  /** The worker of this id, if it is still there; else a new one, made of the code. */
  get(id: string, code: () => WorkerCode | Promise<WorkerCode>): { getEntrypoint(): unknown };
}

/** A worker to be loaded. */
export interface WorkerCode {
  /** Of the runtime's behaviour, as in wrangler.jsonc. */
  readonly compatibilityDate: string;
  /** A name of `modules`. */
  readonly mainModule: string;
  /** Scripts, and WebAssembly as bytes. */
  readonly modules: Record<string, string | { wasm: ArrayBuffer }>;
  /** What it gets as its `env`: plain data of ours, and none of the application's bindings. */
  readonly env: unknown;
  /** Where its `fetch` and `connect` go; null is nowhere. */
  readonly globalOutbound: null;
}
