// The shop's edge as it is, for many pages of the playground: each has rules, and a shop, of its own.
import { isIsopodError } from "@isopod/edge";
import { edge, type Env } from "../../examples/shop/edge.ts";
import { MOST_PAGES } from "../shared/shop.ts";

interface Store {
  get(key: string, type: "arrayBuffer"): Promise<ArrayBuffer | null>;
  put(key: string, value: ArrayBuffer): Promise<void>;
  delete(key: string): Promise<void>;
}

function site() {
  const shops = new Map<string, ReturnType<typeof edge>>();

  const shopOf = async (page: string, store: Store): Promise<ReturnType<typeof edge>> => {
    const shop = shops.get(page) ?? edge();
    shops.delete(page);
    shops.set(page, shop);
    for (const [oldest] of shops) {
      if (shops.size <= MOST_PAGES) break;
      shops.delete(oldest);
      await store.delete(oldest);
    }
    return shop;
  };

  return {
    async fetch(request: Request, env: Env & { readonly RULES: Store }): Promise<Response> {
      const page = new URL(request.url).searchParams.get("page") ?? "";
      const shop = await shopOf(page, env.RULES);
      if (request.method === "PUT") {
        await env.RULES.put(page, await request.arrayBuffer());
        return new Response(null, { status: 204 });
      }
      try {
        return await shop.fetch(request, { ...env, RULES: { get: () => env.RULES.get(page, "arrayBuffer") } });
      } catch (error) {
        return Response.json(isIsopodError(error) ? error : { name: "IsopodError", code: "internal", message: String(error) }, { status: 422 });
      }
    },
  };
}

export default site();
