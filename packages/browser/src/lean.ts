/**
 * Isopod in browsers, by the piece: a bundle holds only the ABIs and isolations that are named.
 *
 * @module
 *
 * @example
 * import { createHost, inlineHere, packed } from "@isopod/browser/lean";
 * const host = createHost({ abis: [packed()], isolations: [inlineHere()] });
 */
export { createLeanHost as createHost, type LeanHostOptions } from "./lean-host.ts";
export { inlineHere } from "./isolate-inline.ts";
export { keeping } from "./keeping.ts";
export { leaving } from "./leaving.ts";
export { swapping } from "./swapping.ts";
export { defaultWorker, inWorkers } from "./isolate.ts";
export { serveLean as serve } from "./serve.ts";
export * from "@isopod/core/lean";
