import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import isopod from "@isopod/build/esbuild";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { launch, printed } from "./chromium.ts";
import { docs, ground, promised, snippets } from "./run.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const IMPORTED = ["functions.ts"];
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await ground("browser");
  const names = await snippets("browser");
  // A page each, as a bundler makes it: the package's worker is the file beside them that it asks for.
  await build({
    entryPoints: [
      ...names.map((name) => join(docs, "snippets/browser", name)),
      { in: fileURLToPath(new URL("./worker.js", import.meta.resolve("@isopod/browser"))), out: "worker" },
    ].map((entry) => (typeof entry === "string" ? { in: entry, out: entry.replace(/^.*[\\/]|\.ts$/g, "") } : entry)),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
    plugins: [besideSnippets(), isopod()],
  });
  const page = (name: string) => `<!doctype html><title>a page</title><script type="module" src="${name.replace(/ts$/, "js")}"></script>`;
  await Promise.all(names.map((name) => writeFile(join(folder, name.replace(/ts$/, "html")), page(name))));
  browser = await launch();
});
afterAll(() => browser?.close());

/** What a snippet imports as a plugin lies where the plugins are, and not in the repository a second time. */
function besideSnippets(): import("esbuild").Plugin {
  return {
    name: "beside",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /\.wasm\?plugin$/ }, ({ path, importer, kind, resolveDir }) => (resolveDir === folder ? undefined : resolve(path, { importer, kind, resolveDir: folder })));
    },
  };
}

test.each((await snippets("browser")).filter((name) => !IMPORTED.includes(name)))("in Chromium, %s prints what it says", async (name) => {
  const lines = await promised("browser", name);
  expect(lines.length).toBeGreaterThan(0);
  expect(await printed(browser, folder, name.replace(/ts$/, "html"), lines.length)).toEqual(lines);
});
