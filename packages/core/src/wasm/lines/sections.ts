import { Reader } from "../reader.ts";
import { enter, walk } from "../sections.ts";

/** The custom sections of a module by name; of several with one name the first. @throws `bad_module` */
export function customSections(bytes: Uint8Array): Map<string, Uint8Array> {
  const reader = new Reader(bytes);
  const found = new Map<string, Uint8Array>();
  for (const { id, offset, size } of walk(reader)) {
    if (id !== 0) continue;
    enter(reader, offset, size);
    const name = reader.name();
    if (!found.has(name)) found.set(name, bytes.subarray(reader.at, reader.end));
  }
  return found;
}
