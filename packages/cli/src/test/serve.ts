import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Luggage } from "./runtime.ts";

const BUNDLED = new URL("./inside/bundled/", import.meta.url);
const PAGE = '<!doctype html><meta charset="utf-8"><title>isopod test</title><script type="module" src="/page.js"></script>';

/** Serves the page, its scripts and the plugin to this machine alone. */
export async function serve({ plugin, debug, functions }: Luggage): Promise<{ url: string; close(): Promise<void> }> {
  const [page, worker] = await Promise.all(["page.js", "worker.js"].map((name) => readFile(new URL(name, BUNDLED))));
  const files = new Map<string | undefined, readonly [type: string, content: string | Uint8Array]>([
    ["/", ["text/html", PAGE]],
    ["/page.js", ["text/javascript", page!]],
    ["/worker.js", ["text/javascript", worker!]],
    ...(functions === undefined ? [] : [["/functions.js", ["text/javascript", await readFile(functions)]] as const]),
    ["/plugin.wasm", ["application/wasm", plugin]],
    ...(debug === true ? [] : [["/plugin.wasm.map", ["application/json", debug]] as const]),
  ]);
  const server = createServer(({ url }, response) => {
    const [type, content] = files.get(url) ?? [];
    response.writeHead(type === undefined ? 404 : 200, { "content-type": type ?? "text/plain" }).end(content);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
