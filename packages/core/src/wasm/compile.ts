import { IsopodError } from "../errors.ts";
import type { WasmModule } from "./engine.ts";

/** @throws `bad_module` for what the engine does not accept, `unsupported` where it may not compile at all */
export async function compile(bytes: Uint8Array): Promise<WasmModule> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (cause instanceof WebAssembly.CompileError && !/disallowed|Content Security Policy|unsafe-eval/i.test(message)) {
      throw new IsopodError("bad_module", `the engine does not accept the module: ${message}`, { cause });
    }
    throw new IsopodError("unsupported", `this runtime may not compile WebAssembly from bytes: ${message}. On the edge import the .wasm statically, or give createHost a Worker Loader; in a page allow 'wasm-unsafe-eval'`, { cause });
  }
}
