import type { IncomingMessage, ServerResponse } from "node:http";
import { MOST_INPUT } from "../shared/berth.ts";
import type { Lane } from "../shared/lane.ts";
import { readBody } from "./body.ts";
import { bytes, json, mustBeBytes, Refused } from "./http.ts";

export interface ServerLane extends Lane {
  close(): Promise<void>;
}

/**
 * The lanes of the first page, which have one plugin:
 *
 * - `GET /lanes/node`, `GET /lanes/workerd`: what runs there, as JSON;
 * - `POST /lanes/node?op=validate`: the body is the input, the answer is the output;
 * - `POST /lanes/node/timings?op=validate`: the body is lines of records, the answer JSON.
 */
export function lanesHandler(lanes: Readonly<Record<string, ServerLane>>) {
  return async (request: IncomingMessage, response: ServerResponse, { pathname, searchParams }: URL): Promise<void> => {
    const [, , name = "", part = ""] = pathname.split("/");
    const lane = Object.hasOwn(lanes, name) ? lanes[name] : undefined;
    if (!lane) throw new Refused(404, `there is no lane "${name}"`);
    if (request.method === "GET" && part === "") return json(response, 200, await lane.open());
    mustBeBytes(request);
    const input = await readBody(request, MOST_INPUT);
    const op = searchParams.get("op") ?? "";
    if (part === "timings") return json(response, 200, await lane.timings(op, input));
    if (part !== "") throw new Refused(404, `a lane has no "${part}"`);
    bytes(response, await lane.call(op, input));
  };
}
