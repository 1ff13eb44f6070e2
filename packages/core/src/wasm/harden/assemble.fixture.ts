import { Writer } from "./writer.ts";

/** Bytes of a number where an index or a length is wanted. */
export function leb(value: number): number[] {
  return [...new Writer().number(value).written];
}

/** A name: its length, then ASCII. */
export function name(text: string): number[] {
  return [...new Writer().name(text).written];
}

/** Sections as they follow one another in a file. */
const ORDER = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11];

/**
 * A module from the entries of its sections, by id, each in the binary format; bodies of functions without their
 * length. `extra` are bytes that come behind the entries, which makes it invalid.
 */
export function assemble(sections: Readonly<Record<number, readonly ArrayLike<number>[]>>, extra: Readonly<Record<number, readonly number[]>> = {}): Uint8Array<ArrayBuffer> {
  const out = new Writer().put(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  for (const id of ORDER) {
    const entries = sections[id];
    if (!entries) continue;
    const contents = new Writer();
    if (id !== 8 && id !== 12) contents.number(entries.length);
    for (const entry of entries) {
      const bytes = Uint8Array.from(entry);
      if (id === 10) contents.sized(bytes);
      else contents.copy(bytes);
    }
    out.put(id).sized(contents.copy(Uint8Array.from(extra[id] ?? [])).written);
  }
  return out.written.slice();
}
