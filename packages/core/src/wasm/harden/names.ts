import { MAX_FUNCTIONS } from "../bounds.ts";
import { Reader } from "../reader.ts";
import type { Added } from "./functions.ts";
import type { Outline } from "./outline.ts";
import { Writer } from "./writer.ts";

/** Of the name section: the part that names functions. */
const FUNCTIONS = 1;

/**
 * A name section for the numbers that functions have now, so that a trace can be read: theirs where the module has
 * them, and those of the functions that were added. What else it names, debuggers read, and those find other code than
 * they know. A broken section is left out: names are for people, and no reason to refuse.
 *
 * @param sections where the contents of the module's own name sections are; a second one says nothing
 */
export function names(bytes: Uint8Array, sections: readonly { readonly from: number; readonly to: number }[], { imported, functions }: Outline, added: readonly Added[]): Writer {
  const out = new Writer();
  let count = added.length;
  /** By number, a function's name with its length. */
  const places = new Map<number, readonly [from: number, to: number]>();
  const [section] = sections;
  if (section) {
    const reader = new Reader(bytes);
    reader.at = section.from;
    reader.end = section.to;
    try {
      count += own(reader, imported, functions.length, out, places);
    } catch {
      out.at = 0;
      places.clear();
    }
  }
  for (const [index, { name }] of added.entries()) {
    out.number(functions.length + 1 + index);
    const place = typeof name === "number" ? places.get(name) : undefined;
    if (place) out.copy(bytes, ...place);
    else out.name(typeof name === "number" ? `function ${name}` : `isopod ${name}`);
  }
  const list = new Writer(out.at + 5).number(count).copy(out.written);
  return new Writer(out.at + 20).name("name").put(FUNCTIONS).sized(list.written);
}

/** Writes the names of the module's own functions, and gives how many. */
function own(reader: Reader, imported: number, total: number, out: Writer, places: Map<number, readonly [number, number]>): number {
  const { end } = reader;
  let count = 0;
  while (reader.at < end) {
    const id = reader.byte();
    const to = reader.count(Infinity) + reader.at;
    if (id === FUNCTIONS) {
      reader.end = to;
      reader.list(MAX_FUNCTIONS, () => {
        const index = reader.number();
        const from = reader.at;
        reader.skip(reader.count(Infinity));
        if (index >= total) return;
        out.number(index < imported ? index : index + 1).copy(reader.bytes, from, reader.at);
        places.set(index, [from, reader.at]);
        count++;
      });
      return count;
    }
    reader.at = to;
  }
  return count;
}
