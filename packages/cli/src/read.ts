import { readFile } from "node:fs/promises";
import { IsopodError } from "@isopod/core";

/** The bytes of a plugin: a path, or an address that begins with http: or https:. @throws `bad_source` */
export async function readPlugin(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    if (!/^https?:/.test(file)) return new Uint8Array(await readFile(file));
    const response = await fetch(file);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new IsopodError("bad_source", `${file} could not be read: ${wordsOf(cause as NodeJS.ErrnoException)}`, { cause });
  }
}

/** Node's own words name the path a second time, and the call that failed. */
export function wordsOf({ code, message, cause }: NodeJS.ErrnoException): string {
  const known: Readonly<Record<string, string>> = { ENOENT: "there is no such file", EISDIR: "it is a folder", EACCES: "this user may not read it" };
  return known[code ?? ""] ?? (cause instanceof Error ? cause.message : message);
}
