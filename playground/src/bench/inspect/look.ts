import { RUN_MS } from "../../../shared/berth.ts";
import { inWorker, LENT } from "../berths/hosts.ts";
import type { Found, Subject } from "../subject.ts";

/** Loads a plugin to see what it is. Where it cannot be loaded, the engine still says what it imports and exports. */
export async function look({ bytes }: Subject): Promise<Found> {
  try {
    const plugin = await inWorker().load(bytes, { functions: LENT, signal: AbortSignal.timeout(RUN_MS) });
    const { info } = plugin;
    await plugin.dispose();
    return { info, imports: info.imports, exports: info.exports };
  } catch (error) {
    return { error, ...(await names(bytes)) };
  }
}

async function names(bytes: Uint8Array): Promise<Pick<Found, "imports" | "exports">> {
  try {
    const module = await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>);
    return { imports: WebAssembly.Module.imports(module), exports: WebAssembly.Module.exports(module) };
  } catch {
    return { imports: [], exports: [] };
  }
}
