import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/setup.mjs";
import { command } from "./command.mjs";

const PNPM = "pnpm@12.21.0";
const PACK_MS = 120_000;

/** A package as it would be published. @typedef {{ name: string, version: string, file: string, size: number }} Packed */

/** Where packages are that applications depend on. */
const PACKAGES = ["./packages/*"];

/**
 * Packs every package, as `pnpm publish` would.
 *
 * @param {string} folder
 * @param {readonly string[]} [paths] of the packages
 * @returns {Promise<Map<string, Packed>>} by name
 */
export async function pack(folder, paths = PACKAGES) {
  const listing = join(folder, "packed.json");
  await command("npx", ["--yes", PNPM, "--recursive", ...paths.flatMap((path) => ["--filter", path]), "pack", "--pack-destination", folder, "--json"], { cwd: root, ms: PACK_MS, stdout: listing, env: { CI: "true" } });
  const packed = JSON.parse(await readFile(listing, "utf8"));
  return new Map(packed.map(({ name, version, filename, size }) => [name, { name, version, file: filename, size }]));
}
