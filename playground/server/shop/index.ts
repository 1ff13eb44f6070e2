import type { IncomingMessage, ServerResponse } from "node:http";
import { MOST_ORDER, MOST_RULES } from "../../shared/shop.ts";
import { readBody } from "../body.ts";
import { json, mustBeBytes, Refused } from "../http.ts";
import { edgeShop } from "./edge.ts";
import { nodeShop } from "./node.ts";

/**
 * The shop behind its page. A page makes up an id, and has rules of its own by it:
 *
 * - `POST /shop/rules?page=<id>`: the body is a plugin, the answer its digest, as JSON, once Node and the edge have it;
 * - `POST /shop/edge?page=<id>`, `POST /shop/node?page=<id>`: the body is an order, the answer what the rules say of it and
 *   their digest, as JSON; 410 where the rules of this page are no longer kept, so that they are sent again.
 */
export function shopHandler() {
  const node = nodeShop();
  const edge = edgeShop();

  const handle = async (request: IncomingMessage, response: ServerResponse, { pathname, searchParams }: URL): Promise<void> => {
    const part = pathname.split("/").slice(2).join("/");
    if (part !== "rules" && part !== "edge" && part !== "node") throw new Refused(404, `the shop has no "${part}"`);
    mustBeBytes(request);
    const page = searchParams.get("page") ?? "";
    if (!/^[\w-]{8,64}$/.test(page)) throw new Refused(400, "page must be an id: 8 to 64 letters, digits and dashes");
    if (part === "rules") {
      const rules = await readBody(request, MOST_RULES);
      // Node refuses what is no plugin, before anybody else hears of it.
      const digest = await node.publish(page, rules);
      await edge.publish(page, rules);
      return json(response, 200, { digest });
    }
    const order = await readBody(request, MOST_ORDER);
    const rules = node.rules(page);
    if (!rules) throw new Refused(410, "the rules of this page are not kept here: send them again");
    json(response, 200, part === "node" ? await node.check(page, new TextDecoder().decode(order)) : await edge.check(page, order, rules));
  };

  return {
    handle,
    close: async (): Promise<void> => void (await Promise.allSettled([node.close(), edge.close()])),
  };
}
