import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

export interface Found {
  /** Its path below the folder. */
  readonly file: string;
  readonly size: number;
  /** Why it cannot be opened, where that is known. */
  readonly barred?: string;
}

/**
 * Every `.wasm` file (or `.WASM`) below a folder, by name. No symlink is followed, so nothing outside of it is read. A folder within
 * that cannot be read is in the list as if it were a file: whoever tries to read it is told why.
 */
export async function wasmFiles(folder: string, below = ""): Promise<Found[]> {
  const found: Found[] = [];
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = join(below, entry.name);
    if (entry.isDirectory()) found.push(...(await wasmFiles(folder, file).catch(() => [{ file, size: 0 }])));
    else if (entry.isFile() && entry.name.toLowerCase().endsWith(".wasm")) found.push(await look(folder, file));
  }
  return found;
}

/** Names that are not UTF-8 come with U+FFFD in them, and nobody is called that. */
async function look(folder: string, file: string): Promise<Found> {
  try {
    return { file, size: (await lstat(join(folder, file))).size };
  } catch {
    return { file, size: 0, ...(file.includes("\ufffd") && { barred: "its name is not UTF-8, so it cannot be opened" }) };
  }
}
