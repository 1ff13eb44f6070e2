// #region loader
import { createHost, type Plugin, type WorkerLoader } from "@isopod/edge";

interface Env {
  /** In wrangler.jsonc: "worker_loaders": [{ "binding": "LOADER" }] */
  LOADER: WorkerLoader;
  /** A KV namespace. */
  PLUGINS: { get(key: string, type: "arrayBuffer"): Promise<ArrayBuffer> };
}

async function load({ LOADER, PLUGINS }: Env): Promise<Plugin> {
  return createHost({ loader: LOADER }).load(await PLUGINS.get("slugify.wasm", "arrayBuffer"));
}

let slugify: Plugin | undefined; // kept by the first request to get so far

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    slugify ??= await load(env);
    return new Response(await slugify.call("slugify", await request.text(), { as: "text" }));
  },
};
// #endregion loader
