import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Miniflare, type ModuleDefinition } from "miniflare";

/** Runs a script in a Node of its own, and gives what it printed. */
export async function inNode(folder: string, script: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, script)]);
  return JSON.parse(stdout);
}

/** Runs the script in workerd with the `.wasm` files beside it as compiled modules, as a deployment has them. */
export async function inWorkerd(folder: string, script: string): Promise<unknown> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.(?:js|wasm)$/.test(name) && name.replaceAll("\\", "/") !== script);
  const modules = [script, ...names].map((name): ModuleDefinition => ({ type: name.endsWith(".wasm") ? "CompiledWasm" : "ESModule", path: join(folder, name) }));
  const miniflare = new Miniflare({ modulesRoot: folder, modules, compatibilityDate: "2026-04-01", host: "127.0.0.1", port: 0 });
  try {
    return await (await miniflare.dispatchFetch("http://localhost/")).json();
  } finally {
    await miniflare.dispose();
  }
}
