import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeApp, type App } from "./app.ts";
import { bundlers } from "./bundlers.ts";
import { launch, open } from "./chromium.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let app: App;
let browser: Browser;
beforeAll(async () => {
  app = await makeApp("browser", { options: "" });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await app.remove();
});

test.each(Object.keys(bundlers))("a page has the script of its workers beside it, and runs plugins there: %s", async (name) => {
  const out = join(app.root, `dist-${name}`);
  const script = await bundlers[name]!(app, "browser", out);
  expect(await open(browser, out, script)).toMatchObject({ answer: 42 });
  expect((await readdir(out, { recursive: true })).filter((file) => file.endsWith(".js") && file !== script)).not.toEqual([]);
});
