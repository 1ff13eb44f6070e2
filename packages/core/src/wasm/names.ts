import { MAX_FUNCTIONS } from "./bounds.ts";
import { Reader } from "./reader.ts";
import type { Survey } from "./types.ts";

/**
 * The names of functions by their number, from the module's name section: for messages and stack traces. It is no
 * error for the section to be missing or broken; what can be read up to there is given.
 *
 * ```text
 * id 01, size │ count │ index, length, UTF-8 │ index, length, UTF-8 │ …
 * ```
 *
 * @param bytes those that were surveyed
 */
export function functionNames(bytes: Uint8Array, { custom }: Pick<Survey, "custom">): Map<number, string> {
  const names = new Map<number, string>();
  const section = custom.find(({ name }) => name === "name");
  if (!section) return names;
  const reader = new Reader(bytes);
  reader.at = section.offset;
  reader.end = Math.min(reader.end, section.offset + section.size);
  try {
    while (reader.at < reader.end) {
      const id = reader.byte();
      const size = reader.count(Infinity);
      if (id === 1) {
        reader.end = reader.at + size;
        reader.list(MAX_FUNCTIONS, () => names.set(reader.number(), reader.name()));
        break;
      }
      reader.skip(size);
    }
  } catch {
    // Nothing after this can be trusted to be a name.
  }
  return names;
}
