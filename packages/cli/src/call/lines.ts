import { readFile } from "node:fs/promises";

/**
 * What tells the lines of a trap: the source map that a compiler wrote beside the file, else what is in the file, as also
 * where that is no source map. The name of the map is the file's own: which one a plugin names, nobody reads.
 */
export async function linesOf(file: string): Promise<string | true> {
  if (/^https?:/.test(file)) return true;
  return readFile(`${file}.map`, "utf8").catch(() => true as const);
}
