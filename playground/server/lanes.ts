import type { IncomingMessage, ServerResponse } from "node:http";
import { isIsopodError } from "@isopod/core";
import { readBody, TooMuch } from "./body.ts";
import { refusal } from "./guard.ts";
import type { Lane } from "../shared/lane.ts";

export interface ServerLane extends Lane {
  close(): Promise<void>;
}

type Next = () => void;

/**
 * The lanes that a page cannot have itself:
 *
 * - `GET /lanes/node`, `GET /lanes/workerd`: what runs there, as JSON;
 * - `POST /lanes/node?op=validate`: the body is the input, the answer is the output;
 * - `POST /lanes/node/timings?op=validate`: the body is lines of records, the answer JSON.
 *
 * Refuses everything, pages too, to whoever is not at home here.
 */
export function lanesHandler(lanes: Readonly<Record<string, ServerLane>>) {
  return (request: IncomingMessage, response: ServerResponse, next: Next): void => {
    const refused = refusal(request);
    if (refused) {
      // Unread, the rest of a body would come as the next request.
      response.shouldKeepAlive = false;
      return json(response, 403, { message: refused });
    }
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    const [, root, name = "", part = ""] = pathname.split("/");
    if (root !== "lanes") return next();
    const lane = Object.hasOwn(lanes, name) ? lanes[name] : undefined;
    if (!lane) return json(response, 404, { message: `there is no lane "${name}"` });
    answer(lane, part, searchParams.get("op") ?? "", request, response).catch((error) => fail(response, error));
  };
}

async function answer(lane: ServerLane, part: string, op: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === "GET" && part === "") return json(response, 200, await lane.open());
  if (request.method !== "POST") return json(response, 405, { message: "a lane takes GET and POST" });
  // A form of another page can send this to us, but not with this type unless we were asked before.
  if (request.headers["content-type"] !== "application/octet-stream") return json(response, 415, { message: "send application/octet-stream" });
  const input = await readBody(request);
  if (part === "timings") return json(response, 200, await lane.timings(op, input));
  if (part !== "") return json(response, 404, { message: `a lane has no "${part}"` });
  const output = await lane.call(op, input);
  response.writeHead(200, { "content-type": "application/octet-stream", "content-length": output.length, "cache-control": "no-store" }).end(output);
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  response.shouldKeepAlive = false;
  if (error instanceof TooMuch) return json(response, 413, { message: error.message });
  if (isIsopodError(error)) return json(response, 422, error.toJSON());
  json(response, 500, { code: "internal", message: error instanceof Error ? error.message : String(error) });
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify(value));
}
