import { inline, Queue, type FunctionTable, type Isolation, type PoolClass } from "@isopod/core/spi";

/**
 * Guests in the thread of the page: nothing is crossed, and a guest that hangs hangs the page.
 *
 * @param importFunctions from `@isopod/browser/lean`, where `functions` of plugins are modules, given by their URL
 * @param pools `keeping()` of `@isopod/browser/lean`, where a page has many plugins, or lets them go while they are idle
 * @example createHost({ abis: [packed()], isolations: [inlineHere()] })
 */
export function inlineHere(importFunctions?: (href: string) => Promise<FunctionTable>, pools?: PoolClass): Isolation {
  return inline(() => new Queue(), importFunctions, pools);
}
