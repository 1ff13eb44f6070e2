import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import isopod, { type Options } from "@isopod/build/rollup";
import { createHost } from "@isopod/node";
import { rollup } from "rollup";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeApp, type App } from "./app.ts";
import { bundlers } from "./bundlers.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const guest = (name: string): Promise<Uint8Array> => readFile(new URL(`../../../guests/dist/${name}.wasm`, import.meta.url));

let app: App;
beforeAll(async () => void (app = await makeApp("workerd")));
afterAll(() => app.remove());

/** The module that was built for workerd, and the functions that a trap in it passed. */
async function built(bundler: string, op: string, options: object): Promise<{ module: WebAssembly.Module; frames: unknown }> {
  const out = await mkdtemp(join(app.root, "dist-"));
  await bundlers[bundler]!(app, "workerd", out, options);
  const names = (await readdir(out, { recursive: true })).filter((name) => name.endsWith(".wasm") && !/kernel/.test(name));
  const module = await WebAssembly.compile(new Uint8Array(await readFile(join(out, names[0]!))));
  const host = createHost({ isolation: "inline" });
  try {
    const plugin = await host.load(module, { debug: true });
    const error: unknown = await plugin.call(op, "").catch((error: unknown) => error);
    return { module, frames: (error as { details: { frames: unknown } }).details.frames };
  } finally {
    await host.dispose();
  }
}

test.each(Object.keys(bundlers))("%s puts the lines into what it builds for workerd, if asked", async (bundler) => {
  await app.write("plugins/rules.wasm", await guest("lines-c"));
  expect((await built(bundler, "mean", { debug: true })).frames).toEqual(["packed_mean (conformance/c/lines.c:27:39)"]);
  const { module, frames } = await built(bundler, "mean", {});
  expect(frames).toEqual(["packed_mean"]);
  expect(WebAssembly.Module.customSections(module, "sourceMappingURL")).toEqual([]);
});

test("what is beside the file and no source map does not count", async () => {
  await app.write("plugins/rules.wasm", await guest("lines-c"));
  await app.write("plugins/rules.wasm.map", "a map of the linker's");
  expect((await built("esbuild", "mean", { debug: true })).frames).toEqual(["packed_mean (conformance/c/lines.c:27:39)"]);
});

test("the source map is watched where it is read", async () => {
  await app.write("only.js", 'export { default } from "./plugins/rules.wasm?plugin";');
  const watched = async (options: Options): Promise<boolean> => {
    const bundle = await rollup({ input: join(app.root, "only.js"), plugins: [isopod(options)], logLevel: "silent" });
    await bundle.close();
    return bundle.watchFiles.includes(join(app.root, "plugins/rules.wasm.map"));
  };
  expect(await watched({ target: "workerd", debug: true })).toBe(true);
  expect(await watched({ target: "workerd" })).toBe(false);
  expect(await watched({ target: "url", debug: true })).toBe(false);
});

test("by the source map beside the file", async () => {
  await app.write("plugins/rules.wasm", await guest("lines-as"));
  await app.write("plugins/rules.wasm.map", JSON.stringify({ version: 3, sources: ["beside.ts"], mappings: "AAgCO" }));
  expect((await built("esbuild", "mean", { debug: true })).frames).toEqual(["lines/mean (beside.ts:33:8)"]);
});
