import { resolve } from "node:path";
import { size as sizeText } from "../terminal/figures.ts";
import { tryApart, type Patience } from "./process.ts";
import { wasmFiles, type Found } from "./files.ts";
import { totals, type Row, type Wild } from "./row.ts";

/** Larger files are not read. */
const LARGEST = 64 * 1024 * 1024;
const AT_A_TIME = 2;

/**
 * Tries every `.wasm` file below a folder, whoever made it.
 *
 * @param say what is being tried, for whoever watches
 * @throws where the folder cannot be read
 */
export async function wild(folder: string, patience: Patience, say: (text: string) => void = () => {}): Promise<Wild> {
  const files = await wasmFiles(folder);
  const rows: Row[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < files.length; at = next++) {
      const found = files[at]!;
      say(`${at + 1} of ${files.length}: ${found.file}`);
      rows[at] = await row(folder, found, patience);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return totals(rows);
}

async function row(folder: string, { file, size, barred }: Found, patience: Patience): Promise<Row> {
  const unread = barred ?? (size > LARGEST ? `larger than ${sizeText(LARGEST)}, so it was not read` : undefined);
  if (unread) return { file, size, abi: null, reason: unread, loads: false, calls: null, error: "bad_source" };
  return { file, size, ...(await tryApart(resolve(folder, file), patience)) };
}
