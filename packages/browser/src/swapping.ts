import { hotSwap, Queue, type Runtime } from "@isopod/core/spi";

/** Lets plugins be swapped under load, in a page. */
export const swapping: NonNullable<Runtime["swapping"]> = /* @__PURE__ */ hotSwap(() => new Queue());
