// A process of its own, because what miniflare starts must end with it: `serve.mjs <modules as JSON>`, its URL by IPC.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { kCurrentWorker, Miniflare } from "miniflare";

const modulesRoot = fileURLToPath(new URL("../dist/workers/", import.meta.url));
const miniflare = new Miniflare({
  modulesRoot,
  modules: JSON.parse(process.argv[2]).map(({ type, path }) => ({ type, path: join(modulesRoot, path) })),
  compatibilityDate: "2026-04-01",
  serviceBindings: { SELF: kCurrentWorker },
  workerLoaders: { LOADER: {} },
  host: "127.0.0.1",
  port: 0,
});
// No exit: its last files are removed after `dispose` is over.
process.once("disconnect", () => miniflare.dispose());
process.send((await miniflare.ready).href);
