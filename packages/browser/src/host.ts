import type { Host } from "@isopod/core";
import { debuggingBy, everyAbi, foreign, hardenIn, hostCalls, importFunctions, inspectCoreModule, IsopodError, limits, type Harden, type Runtime } from "@isopod/core/spi";
import { leaving } from "./leaving.ts";
import { recalling } from "./recalling.ts";
import { Shelf } from "./shelf.ts";
import { keeping } from "./keeping.ts";
import { swapping } from "./swapping.ts";
import { defaultWorker, inlineHere, inWorkers } from "./isolate.ts";
import { createLeanHost, type BrowserHostOptions } from "./lean-host.ts";

export type { BrowserHostOptions } from "./lean-host.ts";

const lines = async () => (await import("./lines.ts")).fromBytes;

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
  const { workers, worker = defaultWorker, idle, cache = false, ...rest } = options;
  if (typeof cache !== "boolean") throw new IsopodError("invalid_option", "cache must be true or false");
  const threads = inWorkers(worker, workers, hostCalls, leaving(idle, workers));
  const make = (harden: Harden, limiting: Runtime["limits"] = limits): Host => {
    const isolations = [threads, inlineHere(importFunctions, keeping(idle))].map((isolation) => ({ ...isolation, harden }));
    return createLeanHost({ abis: everyAbi(), ...rest, foreign, inspect: inspectCoreModule, limits: debuggingBy(lines, limiting), swapping, isolations });
  };
  const storage = cache ? storageHere() : undefined;
  return storage ? recalling(new Shelf(storage), hardenIn(threads), make) : make(hardenIn(threads));
}

/** There is none where a page is not secure; in a frame without an origin of its own even to look throws. */
function storageHere(): CacheStorage | undefined {
  try {
    return globalThis.caches;
  } catch {
    return undefined;
  }
}
