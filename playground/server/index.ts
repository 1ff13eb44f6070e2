import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { Connect, Plugin } from "vite";
import { berthsHandler } from "./berths/index.ts";
import { nodeBerth } from "./berths/node.ts";
import { workerdBerth } from "./berths/workerd.ts";
import { refusal } from "./guard.ts";
import { hostileHandler } from "./hostile/index.ts";
import { fail, json } from "./http.ts";
import { lanesHandler } from "./lanes.ts";
import { nodeLane } from "./node.ts";
import { shopHandler } from "./shop/index.ts";
import { workerdLane } from "./workerd.ts";

const guest = (name: string): string => fileURLToPath(new URL(`../../guests/dist/${name}.wasm`, import.meta.url));

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** Gives Vite's server, and that of a built page, what a page cannot have itself: Node and workerd. Each starts at its first request. */
export function lanes(): Plugin {
  const attach = (server: { middlewares: Connect.Server; httpServer: { once(event: "close", listener: () => void): unknown } | null }) => {
    const fixed = { node: nodeLane(guest("validator")), workerd: workerdLane(guest("validator")) };
    const any = { node: nodeBerth(), workerd: workerdBerth() };
    const shop = shopHandler();
    const hostile = hostileHandler(guest("hostile-turned"));
    server.middlewares.use(guarded({ lanes: lanesHandler(fixed), berths: berthsHandler(any), shop: shop.handle, hostile: hostile.handle }));
    server.httpServer?.once("close", () => void Promise.allSettled([...Object.values(fixed), ...Object.values(any), shop, hostile].map((lane) => lane.close())));
  };
  return { name: "isopod:lanes", configureServer: attach, configurePreviewServer: attach };
}

/** Refuses everything, pages too, to whoever is not at home here; then asks the one that the path begins with. */
function guarded(handlers: Readonly<Record<string, Handler>>): Connect.NextHandleFunction {
  return (request, response, next) => {
    const refused = refusal(request);
    if (refused) {
      response.shouldKeepAlive = false;
      return json(response, 403, { message: refused });
    }
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const root = url.pathname.split("/")[1] ?? "";
    if (!Object.hasOwn(handlers, root)) return next();
    handlers[root]!(request, response, url).catch((error) => fail(response, error));
  };
}
