import type { IncomingMessage, ServerResponse } from "node:http";
import { isOp } from "../../shared/hostile.ts";
import { readBody } from "../body.ts";
import { json, mustBeBytes, Refused } from "../http.ts";
import { hostileEdge } from "./edge.ts";
import { hostileNode } from "./node.ts";

/**
 * The hostile guest behind its page: `POST /hostile/edge?op=loop`, `POST /hostile/node?op=loop`. The body is empty, the
 * answer what came of it, as JSON.
 *
 * @param plugin path of the guest
 */
export function hostileHandler(plugin: string) {
  const shores = { edge: hostileEdge(plugin), node: hostileNode(plugin) };

  const handle = async (request: IncomingMessage, response: ServerResponse, { pathname, searchParams }: URL): Promise<void> => {
    const name = pathname.split("/").slice(2).join("/");
    if (name !== "edge" && name !== "node") throw new Refused(404, `there is no shore "${name}"`);
    mustBeBytes(request);
    await readBody(request, 0);
    const op = searchParams.get("op") ?? "";
    if (!isOp(op)) throw new Refused(404, `the guest has no "${op}"`);
    json(response, 200, await shores[name].attack(op));
  };

  return {
    handle,
    close: async (): Promise<void> => void (await Promise.allSettled([shores.edge.close(), shores.node.close()])),
  };
}
