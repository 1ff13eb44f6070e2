import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { Target } from "@isopod/core/testing";
import { untyped } from "./list.ts";

type Exports = Record<string, unknown>;
interface Shim {
  WASI: new (args: string[], env: string[], fds: unknown[]) => {
    readonly wasiImport: WebAssembly.ModuleImports;
    initialize(instance: { exports: Exports }): void;
  };
  OpenFile: new (file: object) => unknown;
  File: new (bytes: Uint8Array) => object;
}

/** Linked by hand, as its documents show: three descriptors and nothing else. */
export async function wasiShim(): Promise<Target> {
  const require = createRequire(new URL("../../../bench/package.json", import.meta.url));
  const { WASI, OpenFile, File } = (await import(pathToFileURL(require.resolve("@bjorn3/browser_wasi_shim")).href)) as Shim;
  return {
    typed: untyped,
    async load(binary) {
      const wasi = new WASI([], [], [0, 1, 2].map(() => new OpenFile(new File(new Uint8Array(0)))));
      const module = await WebAssembly.compile(binary.bytes() as BufferSource);
      const instance = (await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport })) as { exports: Exports };
      const { exports } = instance;
      if (typeof exports["_initialize"] === "function") wasi.initialize(instance);
      else (wasi as { inst?: unknown }).inst = instance;
      return {
        call: async (op, input) => (exports[op] as (...args: unknown[]) => unknown)(...(Array.isArray(input) ? input : [])),
        dispose: async () => {},
      };
    },
  };
}
