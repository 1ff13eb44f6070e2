import { mkdir, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { build, createBuilder, createLogger, createServer } from "vite";
import { createHost } from "@isopod/node";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import isopod from "@isopod/build/vite";
import { makeApp, rules, type App } from "./app.ts";
import { launch, open } from "./chromium.ts";
import { inNode } from "./run.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let browser: Browser;
beforeAll(async () => void (browser = await launch()));
afterAll(() => browser?.close());

const right = { answer: 42, size: 39, address: expect.stringMatching(/rules-[\w-]{8,16}\.wasm$/) };

describe("workers, which Vite bundles apart", () => {
  let app: App;
  beforeAll(async () => {
    app = await makeApp("browser");
    await app.write("worker.js", `import { run } from "./app.js";\nrun().then(postMessage, (error) => postMessage(String(error.stack)));\n`);
    await app.write(
      "entry.js",
      `const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
globalThis.result = new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));\n`,
    );
  });
  afterAll(() => app.remove());

  // A worker that is no module knows its address by other means, and Vite makes it so unless told.
  test.each(["iife", "es"] as const)("as %s", async (format) => {
    const out = join(app.root, `dist-${format}`);
    await build({
      root: app.root,
      configFile: false,
      logLevel: "error",
      base: "/a/base/",
      worker: { format },
      build: { outDir: out, rolldownOptions: { input: join(app.root, "entry.js"), output: { entryFileNames: "entry.js" } } },
      plugins: [isopod()],
    });
    expect(await open(browser, out, "entry.js")).toMatchObject(right);
  });
});

test("the isolation of a page, whose worker is a file of its own", async () => {
  const app = await makeApp("browser", { options: "" });
  try {
    const out = join(app.root, "dist");
    await build({ root: app.root, configFile: false, logLevel: "error", base: "/a/base/", build: { outDir: out, rolldownOptions: { input: join(app.root, "entry.js"), output: { entryFileNames: "entry.js" } } }, plugins: [isopod()] });
    expect(await open(browser, out, "entry.js")).toMatchObject(right);
  } finally {
    await app.remove();
  }
});

test("one configuration for a page, a server and workerd: each gets its own", async () => {
  const app = await makeApp("node");
  await app.write("plain.js", `import plugin from "./plugins/rules.wasm?plugin";\nconsole.log(plugin.source);\n`);
  const environment = (conditions: string[]) => ({ resolve: { conditions }, build: { write: false as const, rolldownOptions: { input: join(app.root, "plain.js"), output: { entryFileNames: "plain.js" } } } });
  const warnings: string[] = [];
  const customLogger = { ...createLogger("silent"), warn: (text: string) => void warnings.push(text) };
  try {
    const builder = await createBuilder({
      root: app.root,
      configFile: false,
      customLogger,
      builder: {},
      environments: { client: environment(["browser"]), ssr: environment(["node"]), edge: { consumer: "server", ...environment(["workerd", "worker"]) } },
      plugins: [isopod()],
    });
    const file = expect.stringMatching(/^assets\/rules-[\w-]{8,16}\.wasm$/);
    const built = async (name: string, files: unknown[] = [file]) => {
      const { output } = (await builder.build(builder.environments[name]!)) as { output: { fileName: string; code?: string }[] };
      expect(output.map(({ fileName }) => fileName)).toEqual(["plain.js", ...files]);
      return output[0]!.code;
    };
    const address = /new URL\(\s*["'`]\.\/assets\/rules-[\w-]{8,16}\.wasm["'`]|const \w+ = ["'`]\.\/assets\/rules-[\w-]{8,16}\.wasm["'`]/;
    expect(await built("client")).toMatch(address);
    expect(await built("ssr", [])).toMatch(/atob\(["'`]AGFzbQ/);
    expect(await built("edge")).toMatch(/import \w+ from ?["'`]\.\/assets\/rules-[\w-]{8,16}\.wasm["'`]/);
    expect(warnings).toEqual([]);
  } finally {
    await app.remove();
  }
});

test("what Vite builds for a server may be moved, or bundled again", async () => {
  const app = await makeApp("node");
  try {
    const out = join(app.root, "dist");
    await build({ root: app.root, configFile: false, logLevel: "error", build: { outDir: out, ssr: "entry.js" }, plugins: [isopod()] });
    expect((await readdir(out, { recursive: true })).filter((name) => name.endsWith(".wasm"))).toEqual([]);
    await mkdir(join(app.root, "elsewhere"));
    await rename(join(out, "entry.js"), join(app.root, "elsewhere/moved.js"));
    expect(await inNode(app.root, "elsewhere/moved.js")).toMatchObject({ answer: 42, options: { integrity: expect.stringMatching(/^sha256-/) } });
  } finally {
    await app.remove();
  }
});

test("Vite's server renders with the file where it lies", async () => {
  const app = await makeApp("node");
  const server = await createServer({ root: app.root, configFile: false, logLevel: "error", appType: "custom", server: { middlewareMode: true, ws: false, hmr: false }, optimizeDeps: { noDiscovery: true }, plugins: [isopod()] });
  try {
    const { run } = await server.ssrLoadModule("/app.js");
    expect(await run()).toMatchObject({ answer: 42, address: expect.stringMatching(/^file:.*\/plugins\/rules\.wasm$/) });
  } finally {
    await server.close();
    await app.remove();
  }
});

test("for workerd Vite's server gives the hardened module, as its build does", async () => {
  const app = await makeApp("workerd");
  const server = await createServer({
    root: app.root,
    configFile: false,
    logLevel: "error",
    appType: "custom",
    cacheDir: join(app.root, "kept"),
    server: { middlewareMode: true, ws: false, hmr: false },
    environments: { edge: { consumer: "server", resolve: { conditions: ["workerd", "worker"] }, optimizeDeps: { noDiscovery: true } } },
    optimizeDeps: { noDiscovery: true },
    plugins: [isopod()],
  });
  const host = createHost({ isolation: "inline" });
  /** The file that the plugin which runs workerd would be asked for, as that reads it. */
  const served = async () => {
    const code = (await server.environments.edge!.pluginContainer.load(join(app.root, "plugins/rules.wasm?plugin"))) as string;
    const [, path = ""] = /^import source from "(.*)\?module";/.exec(code)!;
    return { path, module: await WebAssembly.compile(new Uint8Array(await readFile(path))), code };
  };
  try {
    const first = await served();
    expect(first.code).toContain("size: 39");
    const plugin = await host.load(first.module, { limits: { fuel: 1000 } });
    expect([await plugin.call("answer", []), plugin.info.limits?.fuel]).toEqual([42, 1000]);
    expect((await served()).path).toBe(first.path);

    await app.write("plugins/rules.wasm", await rules(43));
    const second = await served();
    expect(second.path).not.toBe(first.path);
    expect(await (await host.load(second.module)).call("answer", [])).toBe(43);
    expect((await readdir(join(app.root, "kept/isopod"), { recursive: true })).filter((name) => name.endsWith(".wasm"))).toHaveLength(1);
  } finally {
    await host.dispose();
    await server.close();
    await app.remove();
  }
});
