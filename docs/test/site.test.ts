import { execFile } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { serve } from "../serve.mjs";
import { launch } from "./chromium.ts";
import { docs } from "./run.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const dist = join(docs, ".vitepress/dist");
let browser: Browser;
let site: Awaited<ReturnType<typeof serve>>;
let pages: { name: string; html: string }[];

/** As `npm run docs` does. A dead link, or a page that is broken, fails it. */
beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(docs, "build.mjs")], { cwd: docs });
  const names = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith(".html")).map((name) => name.replaceAll("\\", "/"));
  pages = await Promise.all(names.map(async (name) => ({ name, html: await readFile(join(dist, name), "utf8") })));
  browser = await launch();
  site = await serve(dist);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

test("every link within the site leads to a page, and to a heading that is there", () => {
  const ids = new Map(pages.map(({ name, html }) => [`/${name}`, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]));
  const links = pages.flatMap(({ name, html }) => [...html.matchAll(/<a [^>]*?href="([^"]+)"/g)].map(([, href = ""]) => ({ name, to: new URL(href.replaceAll("&amp;", "&"), `http://site/${name}`) })));
  const within = links.filter(({ to }) => to.host === "site");
  expect(within.length).toBeGreaterThan(500);
  const dead = within.filter(({ to: { pathname, hash } }) => {
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const there = ids.get(path);
    return !there || (hash !== "" && !there.has(decodeURIComponent(hash.slice(1))));
  });
  expect([...new Set(dead.map(({ name, to }) => `${name} → ${to.pathname}${to.hash}`))]).toEqual([]);
});

test("the reference has what applications import", () => {
  const { html } = pages.find(({ name }) => name === "api/@isopod/core.html")!;
  for (const name of ["LoadOptions", "Plugin", "IsopodError", "typed"]) expect(html).toContain(`>${name}`);
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}: ${failureSummary}`));
}

/** One of each kind. */
const KINDS = ["index.html", "abi/packed.html", "from/extism.html", "guide/how.html", "api/@isopod/node.html"];

test.each([
  ["light", 1280],
  ["dark", 360],
] as const)("no axe violations, %s, %i wide", async (colorScheme, width) => {
  const page = await browser.newPage({ colorScheme, reducedMotion: "reduce", viewport: { width, height: 800 } });
  const found: string[] = [];
  for (const name of KINDS) {
    await page.goto(site.url + name);
    found.push(...(await violations(page)).map((violation) => `${name}: ${violation}`));
  }
  await page.close();
  expect(found).toEqual([]);
});

test("no page is wider than a phone, and none says anything in the console", async () => {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  const wide: string[] = [];
  for (const { name } of pages) {
    if (name === "404.html") continue; // says so in the console
    await page.goto(site.url + name, { waitUntil: "domcontentloaded" });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) wide.push(`${name}: ${over}`);
  }
  await page.close();
  expect([wide, said]).toEqual([[], []]);
});
