import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

export interface Found {
  /** Its path below the folder. */
  readonly file: string;
  readonly size: number;
}

/** Every `.wasm` file below a folder, by name. No symlink is followed, so nothing outside of it is read. */
export async function wasmFiles(folder: string, below = ""): Promise<Found[]> {
  const found: Found[] = [];
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = join(below, entry.name);
    if (entry.isDirectory()) found.push(...(await wasmFiles(folder, file)));
    else if (entry.isFile() && entry.name.endsWith(".wasm")) found.push({ file, size: (await lstat(join(folder, file))).size });
  }
  return found;
}
