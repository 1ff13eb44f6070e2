import { chromium, expect, test, type Page } from "@playwright/test";
import { bundlePages } from "../harness/bundle.ts";
import { serve } from "../harness/server.ts";
import { chromiumOptions } from "../runtimes/playwright.ts";

interface Probe {
  readonly outcomes: string[];
  hang(count: number): void;
  echo(text: string): Promise<string>;
  stillborn(how: "closes" | "terminated"): Promise<string[]>;
  crowd(count: number, workers: number): Promise<string[]>;
}

const outcomes = (page: Page): Promise<string[]> => page.evaluate(() => (globalThis as unknown as Probe).outcomes);
const echo = (page: Page, text: string): Promise<string> => page.evaluate((given) => (globalThis as unknown as Probe).echo(given), text);

async function withPage(run: (page: Page) => Promise<void>): Promise<void> {
  await bundlePages();
  const server = await serve({ cache: "no-cache" });
  const browser = await chromium.launch({ ...chromiumOptions(), ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/host.html`);
    await page.waitForFunction(() => "echo" in globalThis);
    expect(await echo(page, "first")).toBe("first");
    await run(page);
  } finally {
    await browser.close();
    await server.close();
  }
}

test("a page that is left ends its workers: what they were doing fails by code, and the next call works", async () => {
  await withPage(async (page) => {
    await page.evaluate(() => (globalThis as unknown as Probe).hang(2));
    await page.waitForTimeout(300); // until both hang
    await page.evaluate(() => void dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
    await expect.poll(() => outcomes(page)).toEqual(["worker_lost", "worker_lost"]);
    await expect.poll(() => page.workers().length).toBe(0);
    expect(await echo(page, "next")).toBe("next");
    await expect.poll(() => page.workers().length).toBe(1);
  });
});

test("a page that comes back from the back/forward cache has a host that works", async () => {
  await withPage(async (page) => {
    await page.evaluate(() => (globalThis as unknown as Probe).hang(1));
    await page.goto(page.url().replace("127.0.0.1", "localhost"));
    await page.goBack({ waitUntil: "commit" });
    expect((await outcomes(page)).toSorted()).toEqual(["restored", "worker_lost"]);
    expect(await echo(page, "back")).toBe("back");
  });
});

test("a load whose worker closes itself, or is ended, before it has begun fails by code, and the next works", async () => {
  await withPage(async (page) => {
    await page.route("**/closes.js", (route) => route.fulfill({ contentType: "text/javascript", body: "close();" }));
    const outcomes = page.evaluate(() => Promise.all((["closes", "terminated"] as const).map((how) => (globalThis as unknown as Probe).stillborn(how))));
    const late = new Promise((resolve) => void setTimeout(resolve, 60_000, "unsettled").unref());
    expect(await Promise.race([outcomes, late])).toEqual([["worker_lost", "next"], ["worker_lost", "next"]]);
  });
});

test("workers of one page share what memories it has", async () => {
  await withPage(async (page) => {
    expect(await page.evaluate(() => (globalThis as unknown as Probe).crowd(200, 5))).toEqual(["X"]);
  });
});
