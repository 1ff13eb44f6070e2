// The hostile guest at the edge: one plugin for all requests, by the Worker Loader, which outlives each of its attacks.
import { createHost, isIsopodError, type Plugin } from "@isopod/edge";
import bytes from "./plugin.bin";
import { functions } from "../public/lent.js";
import { attack, isOp, LIMITS } from "../shared/hostile.ts";

type Env = { readonly LOADER: NonNullable<NonNullable<Parameters<typeof createHost>[0]>["loader"]> };

function site() {
  let plugin: Plugin | undefined;

  return {
    async fetch(request: Request, env: Env): Promise<Response> {
      const op = new URL(request.url).searchParams.get("op") ?? "";
      if (!isOp(op)) return new Response(null, { status: 404 });
      try {
        // Not the promise of a plugin: no request may await what another one has started.
        plugin ??= await createHost({ loader: env.LOADER }).load(new Uint8Array(bytes), { functions, limits: LIMITS });
        return Response.json(await attack(plugin, op));
      } catch (error) {
        return Response.json(isIsopodError(error) ? error : { name: "IsopodError", code: "internal", message: String(error) }, { status: 422 });
      }
    },
  };
}

export default site();
