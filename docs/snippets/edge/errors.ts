import { createHost, isIsopodError } from "@isopod/edge";
import module from "./slugify.wasm";

const slugify = await createHost().load(module, { limits: { concurrency: 8, queue: 100 } });

// #region errors
const STATUS: Record<string, number> = { overloaded: 503, aborted: 504, bad_input: 400, guest_error: 422 };

export default {
  async fetch(request: Request): Promise<Response> {
    try {
      return new Response(await slugify.call("slugify", await request.text(), { as: "text", signal: request.signal }));
    } catch (error) {
      if (!isIsopodError(error)) throw error;
      return Response.json({ code: error.code, message: error.message }, { status: STATUS[error.code] ?? 500 });
    }
  },
};
// #endregion errors
