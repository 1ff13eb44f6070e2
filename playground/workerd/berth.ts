// What runs in workerd for the workbench: any plugin, its bytes through the Worker Loader, for one request.
import { createHost, isIsopodError } from "@isopod/edge";
import { functions } from "../public/lent.js";
import { once, timed } from "../shared/once.mjs";

type Env = { readonly LOADER: NonNullable<NonNullable<Parameters<typeof createHost>[0]>["loader"]> };

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const body = new Uint8Array(await request.arrayBuffer());
    const size = Number(searchParams.get("size"));
    const wanted = { plugin: body.subarray(0, size), op: searchParams.get("op") ?? "", input: body.subarray(size), options: { functions } };
    const host = createHost({ loader: env.LOADER });
    try {
      if (pathname === "/timings") return Response.json(await timed(host, wanted));
      const { output } = await once(host, wanted);
      return new Response(output as Uint8Array<ArrayBuffer>);
    } catch (error) {
      return Response.json(isIsopodError(error) ? error : { name: "IsopodError", code: "internal", message: String(error) }, { status: 422 });
    } finally {
      await host.dispose();
    }
  },
};
