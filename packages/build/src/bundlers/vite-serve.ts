import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Examined } from "../examine.ts";
import { byModule, hot } from "../generate.ts";
import type { Target } from "../options.ts";

/**
 * The module in Vite's development server, which writes no files. A page asks for the file where its module is; the
 * digest makes that a new address for new bytes. Node reads the file where it lies. What workerd is given, the plugin
 * that runs workerd says.
 */
export function serve(file: string, examined: Examined, consumer: "client" | "server", target: Target): string {
  const name = basename(file);
  if (target === "workerd") return byModule(examined, `./${name}?module`);
  const address = consumer === "server" ? pathToFileURL(file).href : `./${encodeURIComponent(name)}?${encodeURIComponent(examined.digest)}`;
  return hot(examined, name, address);
}

const PAUSE_MS = 50;

/** A compiler may still be writing, and the watcher announces what is soon after only once: reads until nothing changes. */
export async function settled(file: string): Promise<Uint8Array> {
  for (let before = await readFile(file); ; ) {
    await setTimeout(PAUSE_MS);
    const now = await readFile(file);
    if (now.equals(before)) return now;
    before = now;
  }
}
