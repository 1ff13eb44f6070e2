import type { WasmModule } from "../wasm/engine.ts";
import type { Abi, ImportModule } from "./abi.ts";
import { assemblyscript } from "./assemblyscript/env.ts";
import { extism as extismWith } from "./extism/extism.ts";
import { packedFunctions } from "./packed/functions.ts";
import { packed as packedWith } from "./packed/packed.ts";
import { plainFunctions } from "./plain/functions.ts";
import { plain as plainWith } from "./plain/plain.ts";
import { wapc as wapcWith } from "./wapc/wapc.ts";
import { wasi } from "./wasi/wasi.ts";

/** What toolchains add to plugins of every ABI, whether these use it or not. */
const IMPORTS: readonly ImportModule[] = [wasi, assemblyscript];

/** Exported functions on numbers. */
export const plain = (): Abi => plainWith(IMPORTS, plainFunctions);
/** `fn(pointer, length) -> pointer << 32 | length` with the guest's own allocator. */
export const packed = (): Abi => packedWith(IMPORTS, packedFunctions);
/** waPC: `__guest_call` and the module `wapc`. */
export const wapc = (): Abi => wapcWith(IMPORTS);
/** Extism 1.x. @param kernel compiled already, where bytes cannot be compiled */
export const extism = (kernel?: WasmModule): Abi => extismWith(IMPORTS, kernel);

/** Every ABI there is, the most telling first. */
export const everyAbi = (kernel?: WasmModule): Abi[] => [extism(kernel), wapc(), packed(), plain()];
