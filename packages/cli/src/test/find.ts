import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A runtime that is not at hand: the message is what to install. */
export class NotHere extends Error {}

/**
 * A package of the user's project, else one beside this package; undefined where there is none. The user's comes first,
 * because that is the version that is used.
 */
export async function findPackage(names: readonly string[], folders: readonly string[]): Promise<Record<string, unknown> | undefined> {
  const requires = [...folders.map((folder) => createRequire(join(folder, "package.json"))), createRequire(import.meta.url)];
  for (const require of requires) {
    for (const name of names) {
      const path = resolved(require, name);
      if (path !== undefined) return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
    }
  }
  return undefined;
}

function resolved(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

/** The browser that CHROMIUM_PATH names, else Playwright's own, else a Chromium, Chrome or Edge where they usually are. */
export function findChromium(playwrights: string, env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string | undefined {
  const { CHROMIUM_PATH: named, PROGRAMFILES = "", "PROGRAMFILES(X86)": x86 = "" } = env;
  if (named) return existsSync(named) ? named : undefined;
  const places: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    linux: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/google/chrome/chrome"],
    darwin: ["Google Chrome", "Chromium", "Microsoft Edge"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
    win32: [PROGRAMFILES, x86].flatMap((folder) => [join(folder, "Google/Chrome/Application/chrome.exe"), join(folder, "Microsoft/Edge/Application/msedge.exe")]),
  };
  return [playwrights, ...(places[platform] ?? [])].find((path) => path !== "" && existsSync(path));
}
