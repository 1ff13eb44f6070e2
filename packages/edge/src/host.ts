import { IsopodError, type Host, type HostOptions } from "@isopod/core";
import { debugging, limits } from "@isopod/core/spi";
import type { WorkerLoader } from "./binding.ts";
import { loader } from "./isolate.ts";
import { makeEdgeHost } from "./make.ts";

/** Options of a host on the edge. */
export interface EdgeHostOptions extends HostOptions {
  /**
   * The Worker Loader binding, which compiles bytes at run time. Without it only static imports
   * (`import slugify from "./slugify.wasm"`) can be loaded.
   */
  readonly loader?: WorkerLoader;
  /** Default: `static`, in this worker, for a static import, and `loader`, in a worker of its own, for bytes. */
  readonly isolation?: "static" | "loader";
}

/**
 * Makes a host on the edge.
 *
 * A static import can be loaded anywhere, also at a module's top level, and both the plugin and its promise may be
 * kept for all requests. Bytes are loaded, and called, while a request is served; then keep the plugin for later
 * requests, not its promise, because workerd cancels a request that waits for another's.
 *
 * @example
 * import { createHost } from "@isopod/edge";
 * import module from "./slugify.wasm";
 *
 * const slugify = await createHost().load(module);
 * export default {
 *   fetch: async (request) => new Response(await slugify.call("slugify", await request.text(), { as: "text" })),
 * };
 *
 * @example
 * let slugify; // kept by the first request to get so far
 * export default {
 *   async fetch(request, env) {
 *     slugify ??= await createHost({ loader: env.LOADER }).load(await env.PLUGINS.get("slugify.wasm", "arrayBuffer"));
 *     return new Response(await slugify.call("slugify", await request.text(), { as: "text" }));
 *   },
 * };
 */
export function createHost(options: EdgeHostOptions = {}): Host {
  const { loader: binding, ...rest } = options;
  if (binding !== undefined && typeof binding?.get !== "function") throw new IsopodError("invalid_option", "loader must be a Worker Loader binding, such as env.LOADER");
  return makeEdgeHost(rest, debugging(limits), binding && loader(binding));
}
