import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { create } from "create-isopod";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { serve } from "../serve.mjs";
import { launch } from "./chromium.ts";
import { docs } from "./run.ts";

// The compiler and a bundler are started for real.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const run = promisify(execFile);
/** Within docs, so that the project finds what its package.json names. */
const dir = join(docs, ".cache/start");
const bin = (name: string, path: string) => join(createRequire(join(docs, "x.js")).resolve(`${name}/package.json`), "..", path);

beforeAll(() => rm(dir, { recursive: true, force: true }));
afterAll(() => rm(dir, { recursive: true, force: true }));

test("the page that start/browser.md begins with answers what is typed", async () => {
  await create({ dir, language: "assemblyscript", host: "browser" });
  // As the project's scripts say; its `--lib` is a folder of its own node_modules.
  const sdk = bin("@isopod/sdk-assemblyscript", "");
  const asc = ["plugin/slugify.ts", "--outFile", "plugin/slugify.wasm", "-O", "--runtime", "minimal", "--transform", "@isopod/sdk-assemblyscript", "--lib", join(sdk, "lib")];
  await run(process.execPath, [bin("assemblyscript", "bin/asc.js"), ...asc], { cwd: dir });
  await run(process.execPath, [bin("vite", "bin/vite.js"), "build", "browser"], { cwd: dir });

  const [site, browser] = await Promise.all([serve(join(dir, "browser/dist")), launch()]);
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    const answer = (slug: string) => page.waitForFunction((slug) => (document.querySelector("output") as HTMLOutputElement).value === slug, slug, { timeout: 20_000 });
    await answer("hello-world");
    await page.getByLabel("Title").fill("  The first page,   of yours ");
    expect(await (await answer("the-first-page-of-yours")).jsonValue()).toBe(true);
  } finally {
    await browser.close();
    site.close();
  }
});
