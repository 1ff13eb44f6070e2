import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { chromium, expect, test, type Page } from "@playwright/test";
import { createHost } from "@isopod/node";
import { bundlePages } from "../harness/bundle.ts";
import { larger } from "../harness/larger.mjs";
import { paths } from "../harness/paths.ts";
import { serve } from "../harness/server.ts";
import type { Visit } from "../pages/host.ts";
import { chromiumOptions } from "../runtimes/playwright.ts";

const functions = { env: { reverse: (bytes: Uint8Array) => bytes.slice().reverse() } };
const small = await readFile(new URL("packed-c.wasm", paths.guests));
const large = larger(small, 400);
const other = larger(small, 399);
const sri = (bytes: Uint8Array): string => `sha256-${createHash("sha256").update(bytes).digest("base64")}`;

const visit = (page: Page, address: string, cache: boolean, integrity?: string): Promise<Visit> =>
  page.evaluate(([...given]) => (globalThis as unknown as { visit(...given: unknown[]): Promise<Visit> }).visit(...given), [address, cache, integrity] as const);
const kept = (page: Page): Promise<number> => page.evaluate(async () => (await (await caches.open("isopod-hardened-2")).keys()).length);

/** A page whose plugins are all here, and how often each was fetched. */
async function withPage(run: (page: Page, fetched: string[], again: () => Promise<void>) => Promise<void>): Promise<void> {
  await bundlePages();
  const server = await serve();
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage();
    const fetched: string[] = [];
    for (const [name, body] of Object.entries({ large, other, small })) {
      await page.route(`**/${name}.wasm`, async (route) => {
        fetched.push(name);
        await route.fulfill({ contentType: "application/wasm", body: Buffer.from(body) });
      });
    }
    await page.route("**/bare.html", (route) => route.fulfill({ contentType: "text/html", body: "<title>bare</title>" }));
    const again = async (): Promise<void> => {
      await page.goto(`${server.origin}/bare.html`);
      await page.evaluate((path) => import(path), "/host.js");
      fetched.length = 0;
    };
    await again();
    await run(page, fetched, again);
  } finally {
    await browser.close();
    await server.close();
  }
}

test("a page has its large modules hardened in a worker, and its small ones in place", async () => {
  await withPage(async (page) => {
    const started: unknown[] = [];
    page.on("worker", (worker) => started.push(worker));
    const tiny = await visit(page, "/small.wasm", false);
    expect(started.length).toBe(0);
    const huge = await visit(page, "/large.wasm", false);
    expect(started.length).toBe(1);
    expect(huge).toEqual({ ...tiny, info: { ...tiny.info, size: large.length } });
    expect(huge).toMatchObject({ answer: "X", ended: "limit" });
    expect(await kept(page)).toBe(0);
  });
});

test("so does Node", async () => {
  const threads = (): number => process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;
  for (const [bytes, wanted] of [[small, false], [large, true]] as const) {
    const host = createHost({ isolation: "inline" });
    const before = threads();
    let more = false;
    const loading = host.load(bytes, { functions, limits: { fuel: 1e6 } });
    const look = setInterval(() => (more ||= threads() > before), 1);
    const plugin = await loading;
    clearInterval(look);
    expect([more, plugin.callSync("upper", "x", { as: "text" })]).toEqual([wanted, "X"]);
    await expect(plugin.call("spin")).rejects.toMatchObject({ code: "limit" });
    await host.dispose();
  }
  const host = createHost({ isolation: "inline" });
  const loading = host.load(larger(small, 2000), { functions }).catch((error: unknown) => (error as { code: string }).code);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await host.dispose();
  expect(await loading).toBe("disposed");
});

test("a page that may keep what it hardened does so: the next visit is told the same, and neither hardens nor, with a digest, fetches", async () => {
  await withPage(async (page, fetched, again) => {
    const started: unknown[] = [];
    page.on("worker", (worker) => started.push(worker));
    const first = await visit(page, "/large.wasm", true, sri(large));
    expect(first).toMatchObject({ answer: "X", ended: "limit", info: { size: large.length } });
    await expect.poll(() => kept(page)).toBe(1);
    expect([fetched, started.length]).toEqual([["large"], 1]);

    await again();
    started.length = 0;
    expect(await visit(page, "/large.wasm", true, sri(large))).toEqual(first);
    expect(fetched).toEqual([]);
    expect(await visit(page, "/large.wasm", true)).toEqual(first);
    expect([fetched, started.length]).toEqual([["large"], 0]);
    await expect(visit(page, "/small.wasm", true, sri(large).replace("=", ""))).rejects.toThrow(/the plugin is sha256-/);
  });
});

test("what somebody has put there instead is not used, and goes", async () => {
  await withPage(async (page, fetched, again) => {
    const first = await visit(page, "/large.wasm", true, sri(large));
    await expect.poll(() => kept(page)).toBe(1);
    await again();
    await page.evaluate(async () => {
      const shelf = await caches.open("isopod-hardened-2");
      const [request] = await shelf.keys();
      await shelf.put(request!, await fetch("/small.wasm"));
    });
    fetched.length = 0;
    expect(await visit(page, "/large.wasm", true, sri(large))).toEqual(first);
    expect(fetched).toEqual(["large"]);
    await again();
    await expect.poll(async () => (await visit(page, "/large.wasm", true, sri(large)), fetched.splice(0).length)).toBe(0);
  });
});

test("where the browser has little room, the oldest goes", async () => {
  await withPage(async (page, _fetched, again) => {
    await visit(page, "/large.wasm", true);
    await expect.poll(() => kept(page)).toBe(1);
    const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage!);
    const { origin } = new URL(page.url());
    await (await page.context().newCDPSession(page)).send("Storage.overrideQuotaForOrigin", { origin, quotaSize: used * 1.5 });
    const first = () => page.evaluate(async () => (await (await caches.open("isopod-hardened-2")).keys())[0]?.url);
    const before = await first();
    await again();
    await visit(page, "/other.wasm", true);
    await expect.poll(async () => [await kept(page), (await first()) === before]).toEqual([1, false]);
  });
});
