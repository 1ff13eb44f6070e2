// The built site on loopback, as any static server has it.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = /** @type {Record<string, string>} */ ({
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
});

/**
 * @param {string} folder
 * @param {number} [port] 0 is any that is free
 * @param {Record<string, string>} [headers] sent with everything
 * @returns {Promise<{ url: string, close(): void }>}
 */
export async function serve(folder, port = 0, headers = {}) {
  const server = createServer(async ({ url = "/" }, response) => {
    // URL parsing has removed `..`; what is encoded stays encoded and is found nowhere.
    const { pathname } = new URL(url, "http://127.0.0.1");
    const name = pathname.endsWith("/") ? `${pathname}index.html` : extname(pathname) ? pathname : `${pathname}.html`;
    try {
      const body = await readFile(join(folder, name));
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "application/octet-stream", ...headers }).end(body);
    } catch {
      const missing = await readFile(join(folder, "404.html")).catch(() => "");
      response.writeHead(404, { "content-type": TYPES[".html"], ...headers }).end(missing);
    }
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", () => resolve(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${address.port}/`, close: () => void (server.close(), server.closeAllConnections()) };
}
