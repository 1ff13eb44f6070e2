// The worker that is tested in workerd: the plugin is a static import of it, as in production.
import { createHost } from "@isopod/edge";
import type { Request as Asked } from "../wire.ts";
import { Answering } from "./answer.ts";
import { functions } from "./host-functions.js";
import module from "./plugin.wasm";

const host = createHost();
const answering = new Answering((options) => host.load(module, { ...options, functions }));

export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await answering.answer((await request.json()) as Asked));
  },
};
