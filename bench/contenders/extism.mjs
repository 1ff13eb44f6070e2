/** Extism's own JavaScript SDK, the release and the candidate, in the page's thread and in its worker. */
import { reverse } from "../hand/instance.mjs";

/** @typedef {import("../harness/types.mjs").Contender} Contender */

/** Both versions lose count of their memory blocks after 16,382 calls, so a plugin is reset well before that. */
const CALLS_BEFORE_RESET = 2000;

/** Options under which every guest links. */
export function pluginOptions(/** @type {Uint8Array<ArrayBuffer>} */ bytes) {
  const wasi = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).some(
    ({ module }) => module === "wasi_snapshot_preview1",
  );
  return {
    useWasi: wasi,
    functions: {
      "extism:host/user": {
        reverse: (/** @type {any} */ context, /** @type {bigint} */ at) =>
          context.store(reverse(context.read(at).bytes())),
      },
      env: {
        abort() {
          throw new Error("aborted"); // AssemblyScript imports it
        },
      },
    },
  };
}

/** @returns {Contender} */
function contender(/** @type {string} */ name, /** @type {string} */ specifier, runInWorker = false) {
  return {
    name,
    async open(env) {
      const { createPlugin } = await import(specifier);
      const data = env.guest(`extism-${env.lang}`);
      const open = () => createPlugin({ wasm: [{ data: data.slice() }] }, { ...pluginOptions(data), runInWorker });
      let plugin = await open();
      return {
        bind({ op, kind }) {
          // Without `reset` giving everything back (it does not in the worker), a fresh plugin does.
          const before = async () => {
            if (!runInWorker) return void (await plugin.reset());
            await plugin.close();
            plugin = await open();
            await plugin.call(op, "");
          };
          const call =
            kind === "bytes"
              ? async (/** @type {Uint8Array} */ input) => (await plugin.call(op, input)).bytes()
              : async (/** @type {string} */ input) => (await plugin.call(op, input)).text();
          return { async: true, call, before, maxBatch: CALLS_BEFORE_RESET };
        },
        close: () => plugin.close(),
      };
    },
  };
}

export const extism = [
  contender("extism 1.0.3", "@extism/extism"),
  contender("extism 2.0.0-rc13", "extism-rc13"),
  contender("extism 2.0.0-rc13 worker", "extism-rc13", true),
];
