import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { paths } from "../harness/paths.ts";

const EXE = process.platform === "win32" ? ".exe" : "";

/** Seen from this folder of e2e, or from a package that it depends on. */
export interface Where {
  readonly folder?: string;
  readonly through?: string;
}

/** The binary `file` of the first of these packages that is there; each installs only on the platform it is for. */
export function packaged(names: readonly string[], file: string, { folder = "", through }: Where): string | undefined {
  let require = createRequire(new URL(`${folder}package.json`, paths.e2e));
  for (const name of through ? [through, ...names] : names) {
    try {
      const manifest = require.resolve(`${name}/package.json`);
      if (name === through) require = createRequire(manifest);
      const path = join(manifest, "..", `${file}${EXE}`);
      if (name !== through && existsSync(path)) return path;
    } catch {
      // Of another platform.
    }
  }
  return undefined;
}

/** The binary as a shell would find it. */
export function onPath(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, `${name}${EXE}`)).find((path) => existsSync(path));
}
