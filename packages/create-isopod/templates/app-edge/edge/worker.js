import { createHost } from "@isopod/edge/static";
import slugify from "../plugin/slugify.wasm?plugin";

const plugin = await createHost().load(slugify.source, slugify.options);

export default {
  async fetch(request) {
    const title = new URL(request.url).searchParams.get("title") ?? "Hello, World!";
    return new Response(await plugin.call("slugify", title, { as: "text" }));
  },
};
