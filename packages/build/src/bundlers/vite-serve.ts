import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, posix } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Environment } from "vite";
import { hashOf, plainName, type Examined } from "../examine.ts";
import { byModule, hot } from "../generate.ts";
import type { Target } from "../options.ts";

/** By file, where its hardened bytes were put last. */
export type Kept = Map<string, string>;

/**
 * The module in Vite's development server. A page asks for the file where its module is; the digest makes that a new
 * address for new bytes. Node reads the file where it lies. So does the plugin that runs workerd, but limits have to hold
 * there as they do when it is built: it is given the hardened file, which lies among what Vite keeps.
 */
export async function serve(file: string, examined: Examined, { config }: Environment, target: Target, kept: Kept): Promise<string> {
  const name = basename(file);
  if (target === "workerd") return byModule(examined, `${await keep(file, examined, config.cacheDir, kept)}?module`);
  const address = config.consumer === "server" ? pathToFileURL(file).href : `./${encodeURIComponent(name)}?${encodeURIComponent(examined.digest)}`;
  return hot(examined, name, address);
}

/** New bytes have a new path, since workerd imports a path once. Those before are of no use then. */
async function keep(file: string, { bytes }: Examined, folder: string, kept: Kept): Promise<string> {
  const path = posix.join(folder, "isopod", hashOf(bytes), plainName(file));
  // Another environment may be reading it, and would find it half written.
  const there = await readFile(path).catch(() => undefined);
  if (!there?.equals(bytes)) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
  const before = kept.get(file);
  if (before !== undefined && before !== path) await rm(dirname(before), { recursive: true, force: true });
  kept.set(file, path);
  return path;
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
