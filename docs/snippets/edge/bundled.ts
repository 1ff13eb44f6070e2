// #region bundled
import { createHost } from "@isopod/edge/static";
import plugin from "./slugify.wasm?plugin";

const slugify = await createHost().load(plugin.source, plugin.options);

export default {
  async fetch(request: Request): Promise<Response> {
    const slug = await slugify.call("slugify", await request.text(), { as: "text" });
    return new Response(slug, { headers: { "x-plugin": plugin.digest } });
  },
};
// #endregion bundled
