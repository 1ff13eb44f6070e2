import type { Abi, Host } from "@isopod/browser";
import { createHost, hostCalls, importFunctions, inlineHere, inspect, inWorkers, keeping, leaving, limits } from "@isopod/browser/lean";
import { debuggingBy, everyAbi, foreign, type Isolation } from "@isopod/core/spi";

// All that `createHost` of @isopod/browser has, but for what these pages would fetch and never use: nothing is swapped here, and nothing kept for the next visit.

/** A host whose plugins run in the page's own thread. */
export const hostInPage = (abis?: readonly Abi[]): Host => hostOf(inlineHere(importFunctions, keeping()), abis);

/** A host whose plugins run in Web Workers. @param most of them */
export const hostInWorkers = (most: number): Host => hostOf(inWorkers(startWorker, most, hostCalls, leaving(undefined, most)));

function hostOf(isolation: Isolation, abis: readonly Abi[] = everyAbi()): Host {
  return createHost({ abis, foreign, inspect, limits: debuggingBy(lines, limits), isolations: [isolation] });
}

const startWorker = (): Worker => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

/** What reads lines of source, which comes with the first plugin that is debugged. */
const lines = async () => (await import("./lines.ts")).fromBytes;
