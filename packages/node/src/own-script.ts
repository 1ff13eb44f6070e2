import { existsSync } from "node:fs";

/**
 * The script of a host's worker threads, which build.mjs writes beside this one: without imports, as bundlers that know
 * this form copy it alone, and with an ending that makes it a module wherever they put it. Other bundlers leave it behind,
 * or leave no address to find it by; then it is its text, which is in the bundle and read only then.
 */
export async function ownScript(): Promise<URL | string> {
  return beside() ?? (await import("./worker-text.js")).TEXT;
}

function beside(): URL | undefined {
  try {
    const script = new URL("./worker.mjs", import.meta.url);
    return existsSync(script) ? script : undefined;
  } catch {
    return undefined; // a bundle in CommonJS, where the address is empty
  }
}
