// The child of workerd.ts: one message with the plugin, one with the address to ask.
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { findPackage } from "./find.ts";

/** As much of miniflare as is used, whichever version it is. */
interface Miniflare {
  readonly ready: Promise<URL>;
  dispose(): Promise<void>;
}
type Constructor = new (options: object) => Miniflare;

const BUNDLED = new URL("./inside/bundled/", import.meta.url);
/** The oldest date that Isopod promises to run with. */
const COMPATIBILITY = "2025-09-01";

interface Order {
  readonly plugin: Uint8Array;
  readonly functions: string | undefined;
  readonly folders: readonly string[];
}

// Listened for from the start: whoever started this may end while it starts, too.
const alone = once(process, "disconnect");
process.once("message", async (order: Order) => {
  const failed = (error: Error): void => void process.send?.({ error: error.message });
  const miniflare = await make(order).catch(failed);
  miniflare?.ready.then(({ href }) => void process.send?.({ url: href }), failed);
  await alone;
  await miniflare?.dispose().catch(() => {});
  process.exit();
});

async function make({ plugin, functions, folders }: Order): Promise<Miniflare> {
  const found = await findPackage(["miniflare"], folders);
  const { Miniflare } = (found?.["Miniflare"] ? found : found?.["default"]) as { Miniflare: Constructor };
  return new Miniflare({ modules: await modules(plugin, functions), compatibilityDate: COMPATIBILITY, host: "127.0.0.1", port: 0 });
}

/** The script first. */
async function modules(plugin: Uint8Array, functions: string | undefined): Promise<object[]> {
  const wasm = (await readdir(BUNDLED)).filter((name) => name.endsWith(".wasm"));
  return [
    { type: "ESModule", path: "workerd.js", contents: await readFile(new URL("workerd.js", BUNDLED), "utf8") },
    { type: "ESModule", path: "host-functions.js", contents: functions === undefined ? "export const functions = {};" : await readFile(functions, "utf8") },
    { type: "CompiledWasm", path: "plugin.wasm", contents: plugin },
    ...(await Promise.all(wasm.map(async (name) => ({ type: "CompiledWasm", path: name, contents: await readFile(new URL(name, BUNDLED)) })))),
  ];
}
