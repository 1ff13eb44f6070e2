import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { LISTENER, makeApp, rules, type App, type Runtime } from "./app.ts";
import { bundlers } from "./bundlers.ts";
import { launch, open } from "./chromium.ts";
import { inNode, inWorkerd } from "./run.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const apps = {} as Record<Runtime, App>;
let browser: Browser;
beforeAll(async () => {
  apps.browser = await makeApp("browser");
  // A name that would mean something else in an address.
  apps.node = await makeApp("node", { file: "my rül%20$es.wasm" });
  apps.workerd = await makeApp("workerd", { file: "my rül%20$es.wasm" });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  for (const app of Object.values(apps)) await app.remove();
});

interface Facts {
  readonly name: string;
  readonly size: number;
  readonly digest: string;
}

function factsOf(name: string, bytes: Uint8Array): Facts {
  return { name: name.replaceAll("\\", "/"), size: bytes.length, digest: `sha256-${createHash("sha256").update(bytes).digest("base64")}` };
}

/** What was emitted beside the scripts. */
async function emitted(folder: string): Promise<Facts[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".wasm") && !/kernel/.test(name));
  return Promise.all(names.map(async (name) => factsOf(name, await readFile(join(folder, name)))));
}

describe.each(Object.keys(bundlers))("%s", (name) => {
  /** A server that Vite builds holds the bytes itself. */
  const holds = (runtime: Runtime) => name === "vite" && runtime === "node";
  const bundle = async (runtime: Runtime) => {
    const out = join(apps[runtime].root, `dist-${name}`);
    const script = await bundlers[name]!(apps[runtime], runtime, out);
    const files = await emitted(out);
    expect(files.map(({ name }) => name)).toEqual(holds(runtime) ? [] : [expect.stringMatching(/^(?:assets\/)?[\w-]{8,}\.wasm$/)]);
    const text = await readFile(join(out, script), "utf8");
    expect(text.includes("isopod-file:")).toBe(false);
    // esbuild sees only within the module that a call does nothing; webpack was told to leave dead code where it is.
    if (name !== "esbuild" && name !== "webpack") expect(text.includes(LISTENER)).toBe(false);
    return { out, script, file: files[0] ?? factsOf("", await rules(42)) };
  };

  test("a page under a strict policy and a base", async () => {
    const { out, script, file } = await bundle("browser");
    expect(await open(browser, out, script)).toEqual({
      answer: 42,
      digest: file.digest,
      size: file.size,
      options: { integrity: file.digest },
      fuel: 20e9,
      address: expect.stringMatching(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/a/base/${file.name}$`)),
    });
  });

  test("Node", async () => {
    const { out, script, file } = await bundle("node");
    const result = await inNode(out, script);
    const address = holds("node") ? "[object Uint8Array]" : expect.stringMatching(/^file:.*\.wasm$/);
    expect(result).toEqual({ answer: 42, digest: file.digest, size: file.size, options: { integrity: file.digest }, fuel: 20e9, address });
  });

  test("workerd", async () => {
    const { out, script, file } = await bundle("workerd");
    const bytes = await rules(42);
    // The file's own digest and size, though what is emitted was hardened, so that fuel is held.
    const digest = `sha256-${createHash("sha256").update(bytes).digest("base64")}`;
    expect(file.size).toBeGreaterThan(bytes.length);
    expect(await inWorkerd(out, script)).toEqual({ answer: 42, digest, size: bytes.length, options: {}, fuel: 20e9, address: "[object WebAssembly.Module]" });
  });
});
