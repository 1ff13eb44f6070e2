/**
 * Loaded by --import into every thread of the soak: counts the pages of all living wasm memories, which no host tells,
 * and collects garbage where `gc` of the main thread does not reach. Answers whoever asks on the channel.
 */
import { isMainThread, threadId } from "node:worker_threads";

/** @type {Set<WeakRef<WebAssembly.Memory>>} */
const memories = new Set();

function watch(/** @type {WebAssembly.Instance} */ { exports }) {
  for (const item of Object.values(exports)) if (item instanceof WebAssembly.Memory) memories.add(new WeakRef(item));
}

const { Instance, instantiate } = WebAssembly;
WebAssembly.Instance = /** @type {any} */ (
  class extends Instance {
    constructor(/** @type {WebAssembly.Module} */ module, /** @type {WebAssembly.Imports} */ imports) {
      super(module, imports);
      watch(this);
    }
  }
);
WebAssembly.instantiate = /** @type {any} */ (
  async (/** @type {any} */ source, /** @type {any} */ imports) => {
    const result = /** @type {any} */ (await instantiate(source, imports));
    watch(result.instance ?? result);
    return result;
  }
);

/** Pages of the memories that are still reachable. */
export function pages() {
  let sum = 0;
  for (const memory of memories) sum += (memory.deref()?.buffer.byteLength ?? 0) / 65_536;
  return sum;
}

if (!isMainThread) {
  const channel = /** @type {any} */ (new BroadcastChannel("soak"));
  channel.onmessage = (/** @type {{ data: string }} */ { data }) => {
    if (data !== "settle") return;
    /** @type {any} */ (globalThis).gc?.();
    channel.postMessage({ threadId, pages: pages() });
  };
  channel.unref();
}
