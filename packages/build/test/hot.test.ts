import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import isopod from "@isopod/build/vite";
import { makeApp, rules, type App } from "./app.ts";
import { launch } from "./chromium.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A page with state of its own, which a reload would lose: how often it was asked, and by which document. */
const PAGE = `import { createHost } from "@isopod/browser";
import plugin, { subscribe } from "./plugins/rules.wasm?plugin";

const host = createHost({ isolation: "inline" });
let running = await host.load(plugin.source, plugin.options);
let asked = 0;
globalThis.ask = async () => ({ answer: await running.call("answer", []), asked: ++asked });
globalThis.again = async () => (await host.load(plugin.source, plugin.options)).call("answer", []);
globalThis.swaps = [];
globalThis.end = subscribe(async (plugin) => {
  const next = await host.load(plugin.source, plugin.options);
  await running.dispose();
  running = next;
  globalThis.swaps.push(plugin.digest);
});
`;

/** A module that keeps the binary format, and that no engine accepts: its one function promises a number and gives none. */
const INVALID = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7f, 3, 2, 1, 0, 7, 5, 1, 1, 0x61, 0, 0, 10, 4, 1, 2, 0, 0x0b);

let app: App;
let server: ViteDevServer;
let browser: Browser;
let page: Page;
const said: string[] = [];
const answered = (answer: number) => expect.poll(async () => ((await page.evaluate("ask()")) as { answer: number }).answer, { timeout: 10_000, interval: 100 }).toBe(answer);
const swap = async (content: Uint8Array) => app.write("plugins/rules.wasm", content);

beforeAll(async () => {
  app = await makeApp("browser");
  await app.write("page.js", PAGE);
  await app.write("index.html", '<!doctype html><title>hot</title><script type="module" src="./page.js"></script>');
  server = await createServer({
    root: app.root,
    base: "/a/base/",
    configFile: false,
    logLevel: "silent",
    server: { port: 0, host: "127.0.0.1", fs: { allow: [app.root, fileURLToPath(new URL("../../..", import.meta.url))] } },
    plugins: [isopod()],
  });
  await server.listen();
  browser = await launch();
  page = await browser.newPage();
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await app?.remove();
});

test("a file that changes is swapped in, and the page keeps what it has", async () => {
  await page.goto(server.resolvedUrls!.local[0]!);
  await expect.poll(() => page.evaluate("typeof end"), { timeout: 15_000 }).toBe("function");
  const navigations: string[] = [];
  page.on("framenavigated", (frame) => navigations.push(frame.url()));
  expect(await page.evaluate("ask()")).toEqual({ answer: 42, asked: 1 });

  await swap(await rules(43));
  await answered(43);
  // What was imported first is the new plugin too: who loads later is not given the digest of the old file.
  expect(await page.evaluate("again()")).toBe(43);

  await swap(await rules(44));
  await answered(44);
  expect(((await page.evaluate("ask()")) as { asked: number }).asked).toBeGreaterThan(3);

  // What is no WebAssembly is never offered; Vite shows the sentence over the page.
  await swap(new TextEncoder().encode("not at all"));
  await expect.poll(() => page.locator("vite-error-overlay .message-body").allTextContents(), { timeout: 10_000 }).toEqual([expect.stringContaining('plugins/rules.wasm is no WebAssembly: it begins with "not at a"')]);
  expect(await page.evaluate("ask()")).toMatchObject({ answer: 44 });

  // What only the engine refuses is offered, and the page says no.
  await swap(INVALID);
  await expect.poll(() => said.filter((line) => line.includes("keeps the one before")), { timeout: 10_000 }).toEqual([expect.stringContaining("rules.wasm was built anew, but the page did not take it and keeps the one before: ")]);
  expect(await page.evaluate("ask()")).toMatchObject({ answer: 44 });

  await swap(await rules(45));
  await answered(45);
  expect(await page.locator("vite-error-overlay").count()).toBe(0);

  const swaps = await page.evaluate("end(), swaps.length");
  await swap(await rules(46));
  await expect.poll(() => page.evaluate("again()"), { timeout: 10_000 }).toBe(46);
  expect([await page.evaluate("swaps.length"), navigations]).toEqual([swaps, []]);
});
