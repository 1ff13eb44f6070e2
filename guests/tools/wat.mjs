import { readFile } from "node:fs/promises";
import { join } from "node:path";
import wabt from "wabt";

/**
 * Assembles one WAT file.
 *
 * @param {{ root: string, sources: readonly [string] }} guest
 * @returns {Promise<Uint8Array>}
 */
export async function wat({ root, sources: [source] }) {
  const { parseWat } = await wabt();
  const module = parseWat(source, await readFile(join(root, source), "utf8"));
  try {
    module.validate();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}
