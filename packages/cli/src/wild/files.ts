import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

export interface Found {
  /** Its path below the folder. */
  readonly file: string;
  readonly size: number;
}

/**
 * Every `.wasm` file below a folder, by name. No symlink is followed, so nothing outside of it is read. A folder within
 * that cannot be read is in the list as if it were a file: whoever tries to read it is told why.
 */
export async function wasmFiles(folder: string, below = ""): Promise<Found[]> {
  const found: Found[] = [];
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = join(below, entry.name);
    if (entry.isDirectory()) found.push(...(await wasmFiles(folder, file).catch(() => [{ file, size: 0 }])));
    else if (entry.isFile() && entry.name.endsWith(".wasm")) found.push({ file, size: await sizeOf(join(folder, file)) });
  }
  return found;
}

/** 0 of what is gone by now. */
function sizeOf(path: string): Promise<number> {
  return lstat(path).then(({ size }) => size, () => 0);
}
