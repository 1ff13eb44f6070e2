import { MAX_SECTIONS } from "./bounds.ts";
import type { Reader } from "./reader.ts";
import type { Section } from "./types.ts";

/** In the order that they have in a module; custom ones may stand anywhere. */
const NAMES = ["custom", "type", "import", "function", "table", "memory", "tag", "global", "export", "start", "element", "data count", "code", "data"];
/** The place of each in that order, by its id. */
const PLACES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6];

/**
 * Fills the list of a module's sections without a look into them. Gives those that can be there only once, by id, and
 * `target_features` in the place of the custom ones.
 *
 * ```text
 * 00 61 73 6D 01 00 00 00 │ id, size, contents … │ id, size, contents … │ …
 * ```
 */
export function walk(reader: Reader, sections: Section[]): Section[] {
  const { bytes } = reader;
  const known: Section[] = [];
  let last = 0;
  reader.at = 8;
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const place = reader.pick(PLACES, id);
    if (id && place <= last) throw reader.error(`section ${id} is misplaced`);
    if (id) last = place;
    const size = reader.count(Infinity);
    const end = reader.at + size;
    reader.end = end;
    const name = id ? NAMES[place]! : reader.name();
    const section = { id, name, offset: reader.at, size: end - reader.at };
    reader.at = end;
    reader.end = bytes.length;
    reader.bound(sections.push(section), MAX_SECTIONS);
    if (id || name === "target_features") known[id] = section;
  }
  return known;
}
