import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const FILE = "digests.json";

/** What digests.json says of one file. `from` is the first of its sources. */
export function digest(/** @type {Uint8Array} */ bytes, /** @type {string} */ from) {
  return { sha256: `sha256-${createHash("sha256").update(bytes).digest("base64")}`, bytes: bytes.length, from };
}

/** @returns {Promise<Record<string, { sha256: string, bytes: number, from: string }>>} */
export async function readDigests(/** @type {string} */ folder) {
  return JSON.parse(await readFile(join(folder, FILE), "utf8").catch(() => "{}"));
}

/** Sorted by name, so that the file does not tell in which order guests were built. */
export async function writeDigests(/** @type {string} */ folder, /** @type {Record<string, object>} */ digests) {
  const sorted = Object.fromEntries(Object.keys(digests).sort().map((file) => [file, digests[file]]));
  await writeFile(join(folder, FILE), `${JSON.stringify(sorted, null, 2)}\n`);
}
