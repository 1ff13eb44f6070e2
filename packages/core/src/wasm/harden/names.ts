import { MAX_FUNCTIONS } from "../bounds.ts";
import { Reader } from "../reader.ts";
import type { Outline } from "./outline.ts";
import { Writer } from "./writer.ts";

/** Of the name section: functions, and the locals of each. What else is named by a function's number is left out. */
const FUNCTIONS = 1;
const LOCALS = 2;
const LABELS = 3;

/**
 * The name section for the numbers that functions have now, so that a trace can be read; with the names of those that
 * were added. Undefined where it is broken: names are for people, and no reason to refuse.
 */
export function renamed(bytes: Uint8Array, from: number, to: number, { imported, functions }: Outline, added: readonly string[]): Writer | undefined {
  const reader = new Reader(bytes);
  reader.at = from;
  reader.end = to;
  const out = new Writer(to - from).name("name");
  let named = added;
  try {
    while (reader.at < to) {
      const id = reader.byte();
      const size = reader.count(Infinity);
      const end = reader.at + size;
      reader.end = end;
      if (id === FUNCTIONS || id === LOCALS) out.put(id).sized(numbered(reader, id, imported, functions.length, named).written);
      if (id === FUNCTIONS) named = []; // once, however often it comes
      else if (id !== LABELS) out.put(id).sized(bytes, reader.at, end);
      reader.at = end;
      reader.end = to;
    }
    return out;
  } catch {
    return undefined;
  }
}

function numbered(reader: Reader, id: number, imported: number, total: number, added: readonly string[]): Writer {
  const out = new Writer(reader.end - reader.at);
  let count = 0;
  reader.list(MAX_FUNCTIONS, () => {
    const index = reader.number();
    const from = reader.at;
    if (id === FUNCTIONS) reader.skip(reader.count(Infinity));
    else reader.list(MAX_FUNCTIONS, () => {
      reader.number();
      reader.skip(reader.count(Infinity));
    });
    if (index >= total) return;
    out.number(index < imported ? index : index + 1).copy(reader.bytes, from, reader.at);
    count++;
  });
  if (id === FUNCTIONS) for (const [index, name] of added.entries()) out.number(total + 1 + index).name(`isopod ${name}`);
  return new Writer(out.at + 5).number(count + (id === FUNCTIONS ? added.length : 0)).copy(out.written);
}
