import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { Target } from "@isopod/core/testing";
import { untyped } from "./list.ts";

const PAGE = 65_536;

interface Plugin {
  call(op: string, input: Uint8Array | string): Promise<{ bytes(): Uint8Array } | null>;
  close(): Promise<void>;
}
interface Sdk {
  createPlugin(manifest: object, options: object): Promise<Plugin>;
}

/** As its documents advise for code that is not trusted: in a worker, with a timeout and a cap of memory, which are the row's where it names them. */
export async function extism(specifier: string): Promise<Target> {
  const require = createRequire(new URL("../../../bench/package.json", import.meta.url));
  const sdk = (await import(pathToFileURL(require.resolve(specifier)).href)) as Sdk | { default: Sdk };
  const { createPlugin } = "createPlugin" in sdk ? sdk : (sdk as { default: Sdk }).default;
  return {
    typed: untyped,
    async load(binary, { limits = {} } = {}) {
      const { memory, time } = limits;
      const maxPages = typeof memory === "number" ? memory / PAGE : 256;
      const timeoutMs = typeof time === "number" ? time : 1000;
      const data = binary.bytes();
      // Asked for in vain, WASI wants a memory that a module may not have.
      const useWasi = new TextDecoder().decode(data).includes("wasi_snapshot_preview1");
      const plugin = await createPlugin(
        { wasm: [{ data }], memory: { maxPages } },
        { useWasi, runInWorker: true, timeoutMs, memory: { maxPages } },
      );
      return {
        call: async (op, input) => (await plugin.call(op, (input as Uint8Array | undefined) ?? new Uint8Array(0)))?.bytes().slice() ?? new Uint8Array(0),
        dispose: () => plugin.close(),
      };
    },
  };
}
