import { inline, Queue, type Isolation } from "@isopod/core/spi";

/** Guests in the thread of the page: nothing is crossed, and a guest that hangs hangs the page. */
export function inlineHere(): Isolation {
  return inline(() => new Queue());
}
