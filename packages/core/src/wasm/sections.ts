import { MAX_SECTIONS } from "./bounds.ts";
import type { Reader } from "./reader.ts";

/** By id, the place that a section has in a module; custom ones may stand anywhere. */
const PLACES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6];

/** One section, unread. */
export interface Framed {
  readonly id: number;
  /** Where its contents begin, in bytes from the module's start; of a custom section they begin with its name. */
  readonly offset: number;
  readonly size: number;
}

/**
 * A module's sections, in the order of the file, without a look into them.
 *
 * ```text
 * 00 61 73 6D 01 00 00 00 │ id, size, contents … │ id, size, contents … │ …
 * ```
 */
export function walk(reader: Reader): Framed[] {
  const sections: Framed[] = [];
  let last = 0;
  reader.at = 8;
  while (reader.at < reader.end) {
    const id = reader.byte();
    const place = reader.pick(PLACES, id);
    if (id && place <= last) throw reader.error(`section ${id} is misplaced`);
    if (id) last = place;
    const size = reader.count(Infinity);
    reader.bound(sections.push({ id, offset: reader.at, size }), MAX_SECTIONS);
    reader.skip(size);
  }
  return sections;
}

/** Reads on from the beginning of a section, to its end and no further. */
export function enter(reader: Reader, offset: number, size: number): void {
  reader.at = offset;
  reader.end = offset + size;
}
