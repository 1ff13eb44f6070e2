import { enter } from "../sections.ts";
import type { Prices } from "./costs.ts";
import type { Edits } from "./edits.ts";
import { Functions } from "./functions.ts";
import { LEASE } from "./helpers.ts";
import { declare } from "./manifest.ts";
import { names } from "./names.ts";
import { reserved } from "./outline.ts";
import type { Policy } from "./policy.ts";
import { FUEL, RESERVED, START } from "./reserved.ts";
import { Types } from "./signatures.ts";
import type { Understood } from "./understand.ts";
import { Writer } from "./writer.ts";

/** Sections in their order, as the specification has it. There is no start section: the host calls that function. */
const ORDER = [1, 2, 3, 4, 5, 13, 6, 7, 9, 12, 10, 11];
/** Custom sections that speak of places in the code, which are elsewhere now. */
const STALE = /^(?:metadata\.code\.|\.debug_|reloc\.|linking$|sourceMappingURL$|external_debug_info$)/;
const I32 = 0x7f;
const TICK = [0x60, 2, I32, I32, 1, I32];

/** All that was found out about a module, and decided. */
export interface Findings extends Understood {
  readonly edits: Edits;
  readonly prices: Prices;
  readonly policy: Policy;
  readonly digest: string;
}

/** Writes the hardened module. */
export function emit(found: Findings): Uint8Array<ArrayBuffer> {
  const { reader, framed, subject, helpers, edits, bodies, policy, digest } = found;
  const { bytes } = reader;
  const out = new Writer(Math.ceil(bytes.length * 1.1) + 1024).put(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  const types = new Types(subject);
  const functions = new Functions(found, types);
  const { added } = functions;
  const tick = types.of(TICK);

  /** Entries that are there, and how many come behind them. */
  const extended = (id: number, more: number, entries: (contents: Writer, from: number, to: number) => void, add?: (contents: Writer) => void): void => {
    const section = framed.find((one) => one.id === id);
    let count = 0;
    if (section) {
      enter(reader, section.offset, section.size);
      count = reader.number();
    } else if (more === 0) return;
    const contents = new Writer((section?.size ?? 0) * 1.1 + 256).number(count + more);
    if (section) entries(contents, reader.at, reader.end);
    add?.(contents);
    out.put(id).sized(contents.written);
  };
  const verbatim = (contents: Writer, from: number, to: number): void => void contents.copy(bytes, from, to);
  const edited = (contents: Writer, from: number, to: number): void => edits.copy(contents, bytes, from, to);
  const bounded = (id: 4 | 5): void =>
    extended(id, 0, (contents, from, to) => {
      for (const bound of subject.bounds[id]) {
        contents.copy(bytes, from, bound.from);
        if (bound.maximum === Infinity) contents.put(0).number(bound.minimum);
        else contents.put(1).number(bound.minimum).number(bound.maximum);
        from = bound.to;
      }
      contents.copy(bytes, from, to);
    });
  const sections: Record<number, () => void> = {
    1: () => extended(1, types.list.length, verbatim, (contents) => types.list.forEach((type) => contents.copy(Uint8Array.from(type)))),
    2: () => extended(2, 1, verbatim, (contents) => contents.name(RESERVED).name("tick").put(0).number(tick)),
    3: () => extended(3, added.length, verbatim, (contents) => added.forEach(({ type }) => contents.number(type))),
    4: () => bounded(4),
    5: () => bounded(5),
    6: () => extended(6, 1, edited, (contents) => contents.put(I32, 1, 0x41, 0, 0x0b)),
    7: () =>
      extended(7, subject.start === undefined ? 1 : 2, edited, (contents) => {
        contents.name(FUEL).put(0).number(helpers.at(LEASE));
        if (subject.start !== undefined) contents.name(START).put(0).number(functions.entrance(subject.start));
      }),
    9: () => extended(9, 0, edited),
    10: () =>
      extended(
        10,
        added.length,
        (contents) => bodies.forEach((_, own) => contents.sized(functions.one(own))),
        (contents) => added.forEach(({ body }) => contents.sized(body())),
      ),
  };

  for (const id of ORDER) {
    const plain = framed.find((section) => section.id === id);
    if (sections[id]) sections[id]();
    else if (plain) out.put(id).sized(bytes, plain.offset, plain.offset + plain.size);
  }
  const named: { from: number; to: number }[] = [];
  for (const { id, offset, size } of framed) {
    if (id !== 0) continue;
    enter(reader, offset, size);
    const name = reader.name();
    if (name === RESERVED) throw reserved(`has a section "${name}"`);
    if (name === "name") named.push({ from: reader.at, to: reader.end });
    else if (!STALE.test(name)) out.put(0).sized(bytes, offset, offset + size);
  }
  out.put(0).sized(names(bytes, named, subject, added).written);
  out.put(0).sized(declare(policy, digest, subject.least[5]).written);
  return out.written;
}
