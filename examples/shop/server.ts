// In Node: the page, and the last word on every order.
import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { text } from "node:stream/consumers";
import { createHost } from "@isopod/node";
import { Versions } from "./versions.ts";

const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
const MS = 3000;

/** @param page folder of the built page; @param edge address of workerd */
export function shop(page: string, edge: URL) {
  const host = createHost();
  const versions = new Versions(host);
  const pages = new Set<ServerResponse>();
  let rules = new Uint8Array();

  const routes: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>> = {
    "POST /check/node": async (request, response) => json(response, await versions.check(await text(request), AbortSignal.timeout(MS))),
    "POST /check/edge": async (request, response) => json(response, await (await fetch(edge, { method: "POST", body: await text(request), signal: AbortSignal.timeout(MS) })).json()),
    "GET /rules.wasm": async (_, response) => void response.writeHead(200, { "content-type": "application/wasm", "cache-control": "no-store" }).end(rules),
    "GET /news": async (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" }).write(": listening\n\n");
      pages.add(response.once("close", () => pages.delete(response)));
    },
  };

  const server = createServer((request, response) => {
    const { method, headers } = request;
    // It listens here only, and still any page in the browser could send to it.
    const own = `127.0.0.1:${request.socket.localPort}`;
    if (headers.host !== own || (headers.origin ?? `http://${own}`) !== `http://${own}`) return void response.writeHead(403).end();
    // A path such as // is no address: what would throw here would end the server.
    if (!URL.canParse(request.url ?? "/", `http://${own}`)) return void response.writeHead(400).end();
    const { pathname } = new URL(request.url ?? "/", `http://${own}`);
    const route = routes[`${method} ${pathname}`];
    if (route) return void route(request, response).catch((error) => json(response, { message: String(error) }, 502));
    const file = normalize(pathname === "/" ? "/index.html" : pathname);
    response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
    createReadStream(join(page, file)).once("error", () => response.writeHead(404).end()).pipe(response);
  });

  return {
    server,
    /** In Node first, then at the edge; then the pages hear of it. */
    async publish(bytes: Uint8Array<ArrayBuffer>, toEdge: () => Promise<void>): Promise<string> {
      const digest = await versions.publish(bytes);
      await toEdge();
      rules = bytes;
      for (const page of pages) page.write(`data: ${digest}\n\n`);
      return digest;
    },
    close: () => host.dispose(),
  };
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
