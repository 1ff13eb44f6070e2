import type { Host } from "@isopod/core";
import { everyAbi, foreign, hostCalls, importFunctions, inspectCoreModule, limits } from "@isopod/core/spi";
import { leaving } from "./leaving.ts";
import { keeping } from "./keeping.ts";
import { swapping } from "./swapping.ts";
import { defaultWorker, inlineHere, inWorkers } from "./isolate.ts";
import { createLeanHost, type BrowserHostOptions } from "./lean-host.ts";

export type { BrowserHostOptions } from "./lean-host.ts";

/**
 * Makes a host in a page, with every ABI and both isolations. For a bundle that holds only what it names, see
 * `@isopod/browser/lean`.
 *
 * @example
 * const host = createHost();
 * const plugin = await host.load("/plugins/slugify.wasm");
 * await plugin.call("slugify", "Grüße", { as: "text" });
 */
export function createHost(options: BrowserHostOptions = {}): Host {
  const { workers, worker = defaultWorker, idle, ...rest } = options;
  return createLeanHost({ abis: everyAbi(), ...rest, foreign, inspect: inspectCoreModule, limits, swapping, isolations: [inWorkers(worker, workers, hostCalls, leaving(idle, workers)), inlineHere(importFunctions, keeping(idle))] });
}
