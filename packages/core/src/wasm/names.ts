import { MAX_FUNCTIONS } from "./bounds.ts";
import { Reader } from "./reader.ts";
import type { Inspected } from "./types.ts";

/**
 * The names of functions by their number, from the module's name section: for messages and stack traces. The section
 * may be missing or broken, and then some names are missing, too: it is no error.
 *
 * ```text
 * id 01, size │ count │ index, length, UTF-8 │ index, length, UTF-8 │ …
 * ```
 *
 * @param bytes those that were inspected
 */
export function functionNames(bytes: Uint8Array, { custom }: Inspected): Map<number, string> {
  const names = new Map<number, string>();
  const section = custom.find(({ name }) => name === "name");
  if (!section) return names;
  const reader = new Reader(bytes, section.offset, section.offset + section.size);
  try {
    while (reader.at < reader.end) {
      const id = reader.byte();
      const size = reader.count(Infinity, "bytes of names");
      if (id === 1) {
        let count = reader.count(MAX_FUNCTIONS, "names");
        while (count--) names.set(reader.number(), reader.name());
        break;
      }
      reader.at += size;
    }
  } catch {
    // What was read up to here is still right.
  }
  return names;
}
