import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Bytes that no assembler makes, spelled out: two hexadecimal digits each, `#` begins a comment.
 *
 * @param {{ root: string, sources: readonly [string] }} guest
 * @returns {Promise<Uint8Array>}
 */
export async function hex({ root, sources: [source] }) {
  const text = await readFile(join(root, source), "utf8");
  return Uint8Array.from(text.replace(/#.*/g, "").match(/[0-9a-f]{2}/gi) ?? [], (byte) => Number.parseInt(byte, 16));
}
