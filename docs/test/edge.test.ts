import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import isopod from "@isopod/build/esbuild";
import { build } from "esbuild";
import { Miniflare, type ModuleDefinition } from "miniflare";
import { beforeAll, expect, test, vi } from "vitest";
import { docs, ground, snippets } from "./run.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let plugins: string;
beforeAll(async () => void (plugins = await ground("edge")));

/** Bundles a snippet for workerd, as in an application with its plugin beside it. */
async function bundle(name: string): Promise<{ folder: string; main: string }> {
  const folder = join(plugins, name.replace(/\.ts$/, ""));
  await build({
    stdin: { contents: await readFile(join(docs, "snippets/edge", name), "utf8"), loader: "ts", resolveDir: plugins, sourcefile: name },
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:workers"],
    logLevel: "error",
    plugins: [isopod()],
  });
  return { folder, main: join(folder, "worker.js") };
}

test.each(await snippets("edge").then((names) => names.filter((name) => !name.endsWith(".d.ts"))))("in workerd, %s makes an address of a title", async (name) => {
  const { folder, main } = await bundle(name);
  const wasm = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".wasm"));
  const modules: ModuleDefinition[] = [{ type: "ESModule", path: main }, ...wasm.map((name): ModuleDefinition => ({ type: "CompiledWasm", path: join(folder, name) }))];
  const miniflare = new Miniflare({ modulesRoot: folder, modules, compatibilityDate: "2026-04-01", host: "127.0.0.1", port: 0, kvNamespaces: ["PLUGINS"], workerLoaders: { LOADER: {} } });
  try {
    const bytes = await readFile(join(plugins, "slugify.wasm"));
    const kv = (await miniflare.getKVNamespace("PLUGINS")) as unknown as { put(key: string, bytes: ArrayBufferLike): Promise<void> };
    await kv.put("slugify.wasm", bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    for (let request = 0; request < 2; request++) {
      const response = await miniflare.dispatchFetch("http://localhost/", { method: "POST", body: "Grüße aus Köln" });
      expect(await response.text()).toBe("gruesse-aus-koeln");
      expect(response.status).toBe(200);
    }
  } finally {
    await miniflare.dispose();
  }
});
