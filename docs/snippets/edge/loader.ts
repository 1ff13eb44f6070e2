// #region loader
import { createHost, type Plugin, type WorkerLoader } from "@isopod/edge";

interface Env {
  LOADER: WorkerLoader; // "worker_loaders": [{ "binding": "LOADER" }] in wrangler.jsonc
  PLUGINS: { get(key: string, type: "arrayBuffer"): Promise<ArrayBuffer> }; // a KV namespace
}

let slugify: Plugin | undefined; // kept by the first request to get so far

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    slugify ??= await createHost({ loader: env.LOADER }).load(await env.PLUGINS.get("slugify.wasm", "arrayBuffer"));
    return new Response(await slugify.call("slugify", await request.text(), { as: "text" }));
  },
};
// #endregion loader
