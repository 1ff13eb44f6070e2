// A process of its own, because what miniflare starts must end with it, however that comes: `serve.mjs entry [plugin]`, its URL by IPC.
import { readFile } from "node:fs/promises";
import { Miniflare } from "miniflare";
import { bundle } from "./bundle.mjs";

const [entry = "berth.ts", plugin] = process.argv.slice(2);
try {
  const miniflare = new Miniflare({
    modules: /** @type {any} */ (await bundle(entry, plugin === undefined ? undefined : await readFile(plugin))),
    compatibilityDate: "2026-04-01",
    workerLoaders: { LOADER: {} },
    kvNamespaces: entry === "shop.ts" ? ["RULES"] : [],
    host: "127.0.0.1",
    port: 0,
  });
  process.once("disconnect", () => void miniflare.dispose().finally(() => process.exit()));
  process.send?.({ url: (await miniflare.ready).href });
} catch (error) {
  process.send?.({ error: /** @type {Error} */ (error).message });
  process.disconnect?.();
}
