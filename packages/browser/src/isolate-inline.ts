import { inline, Queue, type FunctionTable, type Isolation } from "@isopod/core/spi";

/**
 * Guests in the thread of the page: nothing is crossed, and a guest that hangs hangs the page.
 *
 * @param importFunctions from `@isopod/browser/lean`, where `functions` of plugins are modules, given by their URL
 */
export function inlineHere(importFunctions?: (href: string) => Promise<FunctionTable>): Isolation {
  return inline(() => new Queue(), importFunctions);
}
