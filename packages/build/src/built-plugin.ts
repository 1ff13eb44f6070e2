import type { UrlLike, WasmModule } from "@isopod/core";

/**
 * What `import plugin from "./rules.wasm?plugin"` gives.
 *
 * @example
 * import { createHost } from "isopod";
 * import plugin from "./rules.wasm?plugin";
 *
 * const rules = await createHost().load(plugin.source, plugin.options);
 */
export interface BuiltPlugin {
  /** The address of the emitted file, relative to the script that asks; on workerd the compiled module; in a server that Vite builds the bytes. */
  readonly source: UrlLike | WasmModule | Uint8Array;
  /** `{ integrity }`, or nothing for a module, whose bytes are gone: those were read when it was built. */
  readonly options: { readonly integrity?: string };
  /** Subresource Integrity of the file that was built in: `sha256-…`. For workerd it is emitted hardened, and the digest is still this one. */
  readonly digest: string;
  /** Bytes of that file. */
  readonly size: number;
}
