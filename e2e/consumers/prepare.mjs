import { cp, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { command } from "./command.mjs";

/** The plugin of every application. */
export const PLUGIN = fileURLToPath(new URL("../../guests/dist/validator.wasm", import.meta.url));
const INSTALL_MS = 240_000;
const BUILD_MS = 180_000;

/**
 * Copies an application out of the workspace and installs it, with our packages from their tarballs wherever npm would
 * have fetched them.
 *
 * @param {URL} source
 * @param {{ folder: string, packages: Map<string, import("./pack.mjs").Packed>, plugin: string }} options
 * @returns {Promise<string>} its folder
 */
export async function install(source, { folder, packages, plugin }) {
  const dir = join(folder, basename(fileURLToPath(source)));
  await cp(source, dir, { recursive: true, filter: (path) => !/[\\/](?:node_modules|dist)$/.test(path) });
  await cp(PLUGIN, join(dir, plugin));

  const path = join(dir, "package.json");
  const manifest = JSON.parse(await readFile(path, "utf8"));
  for (const key of ["dependencies", "devDependencies"]) {
    for (const [name, version] of Object.entries(manifest[key] ?? {})) {
      const packed = packages.get(name);
      if (!packed) continue;
      if (packed.version !== version) throw new Error(`its package.json wants ${name} ${version}, and ours is ${packed.version}`);
      manifest[key][name] = `file:${packed.file}`;
    }
  }
  manifest.overrides = Object.fromEntries([...packages.values()].map(({ name, file }) => [name, `file:${file}`]));
  await writeFile(path, JSON.stringify(manifest, null, 2));
  await command("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], { cwd: dir, ms: INSTALL_MS });
  return dir;
}

/**
 * Builds it for production by its script `build`, if it has one.
 *
 * @param {string} dir
 * @returns {Promise<string[]>} lines that warn
 */
export async function build(dir) {
  const { scripts = {} } = JSON.parse(await readFile(join(dir, "package.json"), "utf8"));
  return scripts.build ? warningsIn(await command("npm", ["run", "--silent", "build"], { cwd: dir, ms: BUILD_MS })) : [];
}

/** Lines that warn; the name of a file, such as error.svelte.js, does not. @param {string} text */
export function warningsIn(text) {
  return text.split(/\r?\n/).filter((line) => /(?<![\w./-])(?:warn(?:ings?)?|errors?)(?![\w./-])|⚠|\(!\)/i.test(line)).map((line) => line.trim());
}
