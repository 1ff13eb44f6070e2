import type { IncomingMessage, ServerResponse } from "node:http";
import { isIsopodError } from "@isopod/core";
import { TooMuch } from "./body.ts";

/** What a form of another page may not send without asking first. */
export const BYTES = "application/octet-stream";

/** Something wrong with the request rather than with the plugin. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function mustBeBytes(request: IncomingMessage): void {
  if (request.method !== "POST") throw new Refused(405, "a lane takes GET and POST");
  if (request.headers["content-type"] !== BYTES) throw new Refused(415, `send ${BYTES}`);
}

export function bytes(response: ServerResponse, output: Uint8Array, headers: Record<string, string> = {}): void {
  response.writeHead(200, { "content-type": BYTES, "content-length": output.length, "cache-control": "no-store", ...headers }).end(output);
}

export function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify(value));
}

/** The same error in every lane: a page tells them apart by their code. */
export function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  // Unread, the rest of a body would come as the next request.
  response.shouldKeepAlive = false;
  if (error instanceof Refused) return json(response, error.status, { message: error.message });
  if (error instanceof TooMuch) return json(response, 413, { message: error.message });
  if (isIsopodError(error)) return json(response, 422, error.toJSON());
  json(response, 500, { code: "internal", message: error instanceof Error ? error.message : String(error) });
}
