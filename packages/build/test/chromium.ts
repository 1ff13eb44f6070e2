import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, extname, join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { debianChromium } from "../../../e2e/harness/browsers.mjs";

/** Nothing but WebAssembly beyond the site's own scripts: no inline script, no data: or blob: anything. */
const POLICY = "default-src 'none'; connect-src 'self'; worker-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

export function launch(): Promise<Browser> {
  const executablePath = debianChromium() ?? chromium.executablePath();
  if (!existsSync(executablePath)) throw new Error("Chromium is missing: run `node e2e/install.mjs`");
  return chromium.launch({ executablePath, args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
}

/** Serves a folder under `/a/base/`, with a page for each of its scripts: `entry.js.html`. */
export async function serve(folder: string): Promise<{ url: string; close(): void }> {
  const server = createServer(async ({ url = "" }, response) => {
    const path = new URL(url, "http://localhost").pathname.replace(/^\/a\/base\//, "");
    const headers = (type: string | undefined) => ({ "content-type": type ?? "application/octet-stream", "content-security-policy": POLICY });
    if (path.endsWith(".js.html")) return void response.writeHead(200, headers("text/html")).end(`<!doctype html><script type="module" src="${basename(path, ".html")}"></script>`);
    const body = url.startsWith("/a/base/") ? await readFile(join(folder, path)).catch(() => undefined) : undefined;
    response.writeHead(body ? 200 : 404, headers(TYPES[extname(path)])).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/a/base/`, close: () => void (server.close(), server.closeAllConnections()) };
}

/** Opens the page of a script and waits for the promise `globalThis.result`. */
export async function open(browser: Browser, folder: string, script: string): Promise<unknown> {
  const { url, close } = await serve(folder);
  const page = await browser.newPage();
  const trouble: string[] = [];
  page.on("console", (message) => message.type() === "error" && !message.text().includes("404") && trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(error.message));
  try {
    await page.goto(`${url}${script}.html`);
    const result = await page.evaluate("globalThis.result").catch((error) => trouble.push(String(error)));
    return trouble.length > 0 ? trouble : result;
  } finally {
    await page.close();
    close();
  }
}
