import { keep, type PoolClass } from "@isopod/core/spi";

/** A page of Chromium has 124 live memories. Some are left to the page itself, and to other hosts in it. */
export const MOST_MEMORIES = 100;

/**
 * Pools that let idle instances go: those used longest ago where a page's memories run out, and all of a plugin's after
 * some time without a call.
 *
 * @param idle milliseconds, see `idle` of `createHost`
 */
export function keeping(idle?: number): PoolClass {
  return keep({ most: MOST_MEMORIES, idle });
}
