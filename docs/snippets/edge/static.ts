// #region static
import { createHost } from "@isopod/edge/static";
import module from "./slugify.wasm";

const slugify = await createHost().load(module);

export default {
  async fetch(request: Request): Promise<Response> {
    return new Response(await slugify.call("slugify", await request.text(), { as: "text" }));
  },
};
// #endregion static
