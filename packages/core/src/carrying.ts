import { boundsOf, type Limits } from "./limits/bounds.ts";
import type { SourceMap } from "./options.ts";
import { carryingLines } from "./wasm/lines/carry-in.ts";

/**
 * What `hardened` gives, with its lines in it, for runtimes that get a compiled module and no bytes.
 *
 * @param map the compiler's source map, where that lies beside the module
 * @throws `bad_module`, `unsupported`, `limit`
 */
export function hardenedWithLines(bytes: Uint8Array, limited: Pick<Limits, "memory" | "tables"> = {}, digest?: string, map?: SourceMap | string): Uint8Array<ArrayBuffer> {
  return carryingLines(bytes, boundsOf(limited), digest, map);
}
