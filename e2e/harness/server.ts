import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import type { SuiteEvent } from "../suite/events.ts";
import { paths } from "./paths.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
};

/** What a careful site sends: no eval, no inline script, no blob: or data: worker; WebAssembly allowed. */
export const STRICT_CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";

export interface ServerOptions {
  readonly onEvent?: (event: SuiteEvent) => void;
  /** "" is none. */
  readonly csp?: string | undefined;
  /** Pages that are not to be stored are not kept for the way back either. */
  readonly cache?: string;
}

export interface Server {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves the built pages, the fixtures and the guests on a free port of 127.0.0.1, and takes the pages' reports. */
export async function serve({ onEvent, csp = STRICT_CSP, cache = "no-store" }: ServerOptions = {}): Promise<Server> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    if (request.method === "POST" && pathname === "/report") {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      onEvent?.(JSON.parse(Buffer.concat(chunks).toString()) as SuiteEvent);
      return void response.writeHead(204).end();
    }
    try {
      const body = await readFile(fileOf(pathname));
      response.writeHead(200, {
        "content-type": TYPES[extname(pathname)] ?? "application/octet-stream",
        "cache-control": cache,
        ...(csp ? { "content-security-policy": csp } : {}),
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** URL parsing has removed `..`; what is encoded stays encoded and is found nowhere. */
function fileOf(pathname: string): URL {
  const [, folder = "", ...rest] = pathname.split("/");
  if (folder === "guests") return new URL(`./${rest.join("/")}`, paths.guests);
  if (folder === "fixtures") return new URL(`./${rest.join("/")}`, paths.fixtures);
  return new URL(`.${pathname}`, paths.pages);
}
