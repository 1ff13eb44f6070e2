import { failure, wordsOf } from "../errors.ts";
import type { WasmModule } from "./engine.ts";

/** @throws `bad_module` for what the engine does not accept, `unsupported` where it may not compile at all */
export async function compile(bytes: Uint8Array): Promise<WasmModule> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    const words = wordsOf(cause);
    throw cause instanceof WebAssembly.CompileError && !/disallowed|Policy|unsafe-eval/.test(words)
      ? failure("bad_module", `the engine refuses the module: ${words}`, undefined, cause)
      : failure("unsupported", `bytes cannot be compiled here: allow 'wasm-unsafe-eval', import it, or use a Worker Loader (${words})`, undefined, cause);
  }
}
