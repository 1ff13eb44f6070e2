// #region bundled
import { createHost } from "@isopod/edge";
import plugin from "./slugify.wasm?plugin";

const slugify = await createHost().load(plugin.source, plugin.options);

export default {
  async fetch(request: Request): Promise<Response> {
    return new Response(await slugify.call("slugify", await request.text(), { as: "text" }), { headers: { "x-plugin": plugin.digest } });
  },
};
// #endregion bundled
