import type { IncomingMessage, ServerResponse } from "node:http";
import { type Berth, MOST_INPUT, MOST_PLUGIN } from "../../shared/berth.ts";
import { readBody } from "../body.ts";
import { bytes, json, mustBeBytes, Refused } from "../http.ts";
import { Store } from "./store.ts";

export interface ServerBerth extends Berth {
  close(): Promise<void>;
}

/**
 * The lanes of the workbench, which take any plugin:
 *
 * - `POST /berths/plugins`: the body is a plugin, the answer its digest, as JSON;
 * - `POST /berths/node?plugin=<digest>&op=upper`: the body is the input, the answer the output, `Server-Timing` the cold
 *   start; 410 where the plugin is no longer kept, so that it is sent again;
 * - `POST /berths/node/timings?plugin=<digest>&op=upper`: the same call, many times; the answer is JSON.
 */
export function berthsHandler(berths: Readonly<Record<string, ServerBerth>>) {
  const store = new Store();
  return async (request: IncomingMessage, response: ServerResponse, { pathname, searchParams }: URL): Promise<void> => {
    const [, , name = "", part = ""] = pathname.split("/");
    const berth = Object.hasOwn(berths, name) ? berths[name] : undefined;
    if (!berth && name !== "plugins") throw new Refused(404, `there is no berth "${name}"`);
    mustBeBytes(request);
    if (!berth) return json(response, 200, { digest: await store.put(await readBody(request, MOST_PLUGIN)) });
    const input = await readBody(request, MOST_INPUT);
    const plugin = store.get(searchParams.get("plugin") ?? "");
    if (!plugin) throw new Refused(410, "this plugin is not kept here: send it again");
    const op = searchParams.get("op") ?? "";
    if (part === "timings") return json(response, 200, await berth.timings(plugin, op, input));
    if (part !== "") throw new Refused(404, `a berth has no "${part}"`);
    const { output, coldMs } = await berth.run(plugin, op, input);
    bytes(response, output, { "server-timing": `cold;dur=${coldMs}` });
  };
}
