/** Isopod on workerd for static imports alone, in about half of the bytes: without what hardens plugins, and runs them in workers of their own. @module */
import type { Host, HostOptions } from "@isopod/core";
import { builtLimits, debuggingBuilt } from "@isopod/core/spi";
import { makeEdgeHost } from "./make.ts";

export * from "@isopod/core";

/**
 * Makes a host of plugins that are imported. `createHost` of `@isopod/edge` takes bytes as well. Limits hold for a plugin that
 * was hardened when it was built, as `@isopod/build` does.
 *
 * @example
 * import { createHost } from "@isopod/edge/static";
 * import slugify from "./slugify.wasm?plugin";
 *
 * const plugin = await createHost().load(slugify.source, slugify.options);
 */
export function createHost(options: HostOptions = {}): Host {
  return makeEdgeHost(options, debuggingBuilt(builtLimits));
}
