import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { start } from "./command.mjs";
import { warningsIn } from "./prepare.mjs";

const READY_MS = 60_000;
const LOOPBACK = "127.0.0.1";
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/**
 * Serves a built application on loopback. `close` gives what its server warned of.
 *
 * @param {string} dir
 * @param {import("./consume.mjs").Consumer["serve"]} how
 * @returns {Promise<{ origin: string, close(): Promise<string[]> }>}
 */
export function serve(dir, how) {
  return "static" in how ? folder(join(dir, how.static)) : script(dir, how.script);
}

/** As a CDN has it: files by their names, their types, and an address once read is not asked for again. @param {string} root */
async function folder(root) {
  const server = createServer(async ({ url = "/" }, response) => {
    // Parsing has removed every `..`.
    let path = join(root, decodeURIComponent(new URL(url, "http://localhost").pathname));
    if ((await stat(path).catch(() => undefined))?.isDirectory()) path = join(path, "index.html");
    const body = await readFile(path).catch(() => undefined);
    if (!body) return void response.writeHead(404, { "content-type": "text/plain" }).end("there is no such file");
    const lasting = path.endsWith(".html") ? "no-cache" : "public, max-age=31536000, immutable";
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream", "cache-control": lasting, "x-content-type-options": "nosniff" }).end(body);
  });
  await new Promise((resolve) => void server.listen(0, LOOPBACK, () => resolve(undefined)));
  return {
    origin: `http://${LOOPBACK}:${portOf(server)}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve([]));
        server.closeAllConnections();
      }),
  };
}

/** @param {string} dir @param {string} name of a script in its package.json, which is told the port as PORT */
async function script(dir, name) {
  const port = await freePort();
  const running = start("npm", ["run", "--silent", name], { cwd: dir, env: { PORT: String(port), HOST: LOOPBACK, HOSTNAME: LOOPBACK } });
  const origin = `http://${LOOPBACK}:${port}/`;
  const close = async () => {
    await running.stop();
    return warningsIn(running.said());
  };
  let over = false;
  void running.ended.then(() => (over = true));
  for (const from = Date.now(); ; await sleep(100)) {
    if (await fetch(origin, { signal: AbortSignal.timeout(5000) }).then((response) => response.text().then(() => true), () => false)) return { origin, close };
    if (!over && Date.now() - from < READY_MS) continue;
    await running.stop();
    throw new Error(`npm run ${name} ${over ? "ended" : `did not listen within ${READY_MS / 1000} s`}:\n${running.said().trim().split("\n").slice(-15).join("\n")}`);
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => void server.listen(0, LOOPBACK, () => resolve(undefined)));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @param {import("node:http").Server} server */
function portOf(server) {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}
