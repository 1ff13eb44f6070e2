// The child of workerd.ts: one message with the plugin, one with the address to ask.
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

let miniflare: Miniflare | undefined;
// Whoever started this may end while it starts, too.
process.once("disconnect", () => void Promise.resolve(miniflare?.dispose()).finally(() => process.exit()));
process.once("message", async ({ plugin, functions, folders }: { plugin: Uint8Array; functions: string | undefined; folders: readonly string[] }) => {
  try {
    const found = await findPackage(["miniflare"], folders);
    const { Miniflare } = (found?.["Miniflare"] ? found : found?.["default"]) as { Miniflare: Constructor };
    miniflare = new Miniflare({ modules: await modules(plugin, functions), compatibilityDate: COMPATIBILITY, host: "127.0.0.1", port: 0 });
    process.send?.({ url: (await miniflare.ready).href });
  } catch (error) {
    process.send?.({ error: (error as Error).message });
  }
});

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
