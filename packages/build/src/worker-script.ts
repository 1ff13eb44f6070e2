import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The module of `@isopod/browser` that starts workers. */
export const STARTS_WORKERS: RegExp = /[\\/]browser[\\/]dist[\\/]isolate\.js$/;

/** What their script is called where it is emitted. */
export const SCRIPT = "isopod-worker.js";

/** How it names that script: Vite, webpack and Rspack know this form, and take the file along by themselves. */
const NAMED = 'new URL("./worker.js", import.meta.url)';
const ADDRESS = "scriptOfWorkers";

/**
 * The same module for bundlers that do not know the form. On one line with what it began with, so that source maps hold.
 *
 * @param path of the module, beside which is the script, which holds all that it needs
 * @param told a statement that gives the address of the emitted script to the variable of that name
 * @returns undefined where it names no script in that form, or there is none
 */
export async function withWorker(path: string, code: string, told: (variable: string, script: Uint8Array) => string): Promise<string | undefined> {
  if (!code.includes(NAMED)) return undefined;
  const script = await readFile(join(dirname(path), "worker.js")).catch(() => undefined);
  return script && `${told(ADDRESS, script)} ${code.replace(NAMED, `new URL(${ADDRESS}, import.meta.url)`)}`;
}
