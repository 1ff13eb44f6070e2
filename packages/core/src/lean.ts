/**
 * The ABIs by the piece: each takes the import modules that its plugins may lean on, and what lets them call functions of
 * the application. A bundle holds what is named.
 *
 * @example packed()                                           // plugins that import nothing
 * @example packed([wasi, assemblyscript], packedFunctions)    // what `packed()` of the main entry is
 */
export { assemblyscript } from "./abi/assemblyscript/env.ts";
export { extism } from "./abi/extism/extism.ts";
export { packedFunctions } from "./abi/packed/functions.ts";
export { packed } from "./abi/packed/packed.ts";
export { plainFunctions } from "./abi/plain/functions.ts";
export { plain } from "./abi/plain/plain.ts";
export { wapc } from "./abi/wapc/wapc.ts";
export { wasi } from "./abi/wasi/wasi.ts";
export { importFunctions } from "./isolate/functions-module.ts";
export { keep } from "./pool/keep.ts";
export { hostCalls } from "./isolate/worker/answering.ts";
export { asking } from "./isolate/worker/asking.ts";
export { inlineLimits, limits } from "./limiting.ts";
export { metered } from "./abi/metered.ts";
export { inspectCoreModule as inspect } from "./wasm/core-module.ts";
export { isIsopodError } from "./errors.ts";
export { typed } from "./capability/functions.ts";
export { debugging } from "./debugging.ts";
