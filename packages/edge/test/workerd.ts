import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { Miniflare, type ModuleDefinition } from "miniflare";

export interface Workerd {
  /** Asks for a path of the worker, and gives its answer as JSON. */
  ask(path: string): Promise<never>;
  /** The worker's own HTTP server: unlike miniflare's, which stands before it, it lets the worker see a client leave. */
  readonly url: URL;
  stop(): Promise<void>;
}

/** Runs test/worker.ts in workerd. */
export async function startWorkerd(): Promise<Workerd> {
  const folder = await mkdtemp(join(tmpdir(), "isopod-edge-"));
  const main = join(folder, "worker.mjs");
  const modules: ModuleDefinition[] = [{ type: "ESModule", path: main }];
  await build({
    entryPoints: [fileURLToPath(new URL("worker.ts", import.meta.url))],
    outfile: main,
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd"],
    external: ["cloudflare:workers"],
    plugins: [wasm(folder, modules)],
    logLevel: "error",
  });
  const miniflare = new Miniflare({
    name: "test",
    modulesRoot: folder,
    modules,
    compatibilityDate: "2026-04-01",
    workerLoaders: { LOADER: {} },
    serviceBindings: { SELF: "test" },
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    host: "127.0.0.1",
    port: 0,
  });
  await miniflare.ready;
  const url = await miniflare.unsafeGetDirectURL();
  return {
    url,
    ask: async (path) => {
      const response = await fetch(new URL(path, url));
      const text = await response.text();
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
      return JSON.parse(text) as never;
    },
    stop: async () => {
      await miniflare.dispose();
      await rm(folder, { recursive: true });
    },
  };
}

/** `x.wasm` is a compiled module, as in a deployed worker; `x.wasm?bytes` is the file's bytes. */
function wasm(folder: string, modules: ModuleDefinition[]): Plugin {
  return {
    name: "wasm",
    setup({ onResolve }) {
      onResolve({ filter: /\.wasm(\?bytes)?$/ }, async ({ path, resolveDir }) => {
        const [file = "", bytes] = path.split("?");
        const name = basename(file) + (bytes ? ".bin" : "");
        const target = join(folder, name);
        if (!modules.some((module) => module.path === target)) modules.push({ type: bytes ? "Data" : "CompiledWasm", path: target });
        await copyFile(resolve(resolveDir, file), target);
        return { path: `./${name}`, external: true };
      });
    },
  };
}
