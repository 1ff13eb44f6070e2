import { createHost, isIsopodError } from "@isopod/edge/static";
import module from "./slugify.wasm";

const slugify = await createHost().load(module, { limits: { concurrency: 8, queue: 100 } });

// #region errors
const STATUS: Record<string, number> = { overloaded: 503, aborted: 504, guest_error: 422 };

export default {
  async fetch(request: Request): Promise<Response> {
    try {
      const { signal } = request;
      return new Response(await slugify.call("slugify", await request.text(), { as: "text", signal }));
    } catch (error) {
      if (!isIsopodError(error)) throw error;
      const { code, message } = error;
      return Response.json({ code, message }, { status: STATUS[code] ?? 500 });
    }
  },
};
// #endregion errors
