import type { Reader } from "../reader.ts";
import { enter, type Framed } from "../sections.ts";
import { strips } from "./counted.ts";
import { PREPAID, STRIP, TURNS, type Prices } from "./costs.ts";
import type { Body } from "./dissect.ts";
import { CLOSE, END, LEAVE, LOOP, REGION, RETURN, type Edits, type Write } from "./edits.ts";
import { CHARGE, LEASE, type Helpers } from "./helpers.ts";
import { declare } from "./manifest.ts";
import { names } from "./names.ts";
import { reserved, type Outline } from "./outline.ts";
import type { Policy } from "./policy.ts";
import { FUEL, RESERVED, START } from "./reserved.ts";
import { OUTSIDE, type Units } from "./units.ts";
import type { ValueType } from "../types.ts";
import { Writer } from "./writer.ts";

/** Sections in their order, as the specification has it. There is no start section: the host calls that function. */
const ORDER = [1, 2, 3, 4, 5, 13, 6, 7, 9, 12, 10, 11];
/** Custom sections that speak of places in the code, which are elsewhere now. */
const STALE = /^(?:metadata\.code\.|\.debug_|reloc\.|linking$|sourceMappingURL$|external_debug_info$)/;
const I32 = 0x7f;
const VOID = 0x40;
/** `ref` is that of exceptions: no other is let in. */
const CODES: Record<ValueType, number> = { i32: I32, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b, funcref: 0x70, externref: 0x6f, ref: 0x69 };
/** Of a loop that a variable counts, the most that are charged at once. */
const ROUNDS = 64;
/** Units of a body. */
const SHORT = 24;
/** The older of the two instructions that catch exceptions; the other is `try_table`. */
const TRY = 0x06;
const TICK = [0x60, 2, I32, I32, 1, I32];

/** All that was found out about a module. */
export interface Findings {
  readonly reader: Reader;
  readonly framed: readonly Framed[];
  readonly subject: Outline;
  readonly helpers: Helpers;
  readonly edits: Edits;
  readonly bodies: readonly Body[];
  readonly units: Units;
  /** What catches exceptions in this module, or 0. */
  readonly catches: number;
  /** How a door calls. */
  readonly call: number;
  readonly prices: Prices;
  readonly policy: Policy;
  readonly digest: string;
}

/** A function that comes behind the module's own: a helper by its name, or one of them once more by its number. */
export interface Added {
  readonly type: number;
  readonly name: string | number;
  readonly body: () => Uint8Array;
}

/** Writes the hardened module. */
export function emit({ reader, framed, subject, helpers, edits, bodies, units: { kinds, counted }, catches, call, prices, policy, digest }: Findings): Uint8Array<ArrayBuffer> {
  const { bytes } = reader;
  const out = new Writer(Math.ceil(bytes.length * 1.1) + 1024).put(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  /** Types that are added, and the index of each by what it is. */
  const types: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const typeOf = (type: readonly number[]): number => {
    const key = type.join();
    let index = known.get(key);
    if (index === undefined) known.set(key, (index = subject.types.length + types.push(type) - 1));
    return index;
  };
  /** By type of function, that of a block that leaves what the function returns. */
  const blockTypes = new Map<number, Uint8Array>();
  for (const [index, { strip }] of bodies.entries()) {
    const type = subject.functions[subject.imported + index]!;
    if (strip < 0 || blockTypes.has(type)) continue;
    const codes = subject.types[type]!.results.map((result) => CODES[result]);
    blockTypes.set(type, codes.length < 2 ? Uint8Array.of(codes[0] ?? 0x40) : new Writer().number(typeOf([0x60, 0, ...new Writer().number(codes.length).written, ...codes])).written);
  }
  /** What comes behind the module's own functions: helpers, doors, and functions once more. */
  const added: Added[] = helpers.list.map(({ type, name, body }) => ({ type: typeOf(type), name, body: () => body.written }));
  const add = (one: Added): number => helpers.at(added.push(one) - 1);
  /** By function that is written several times, where its edits begin. */
  const marks: number[] = [];
  const nexts: number[] = [];
  for (const own of bodies.keys()) {
    const index = subject.imported + own;
    const type = subject.functions[index]!;
    const cost = prices.doors[own]!;
    if (cost > 0) edits.doors.set(index + 1, add({ type, name: "door", body: () => helpers.door(cost, subject.types[type]!.params.length, call, index + 1) }));
  }
  // These last, so that who follows the edits finds them.
  for (const own of bodies.keys()) {
    const index = subject.imported + own;
    nexts[own] = index + 1;
    for (let turn = prices.turns[own] ? TURNS : 1; turn > 1; turn--) {
      const next = nexts[own];
      nexts[own] = add({ type: subject.functions[index]!, name: index, body: () => one(own, next, marks[own]) });
    }
  }
  const entrance = (index: number): number => (index < subject.imported ? index : (edits.doors.get(index + 1) ?? index + 1));
  const tick = typeOf(TICK);
  const code = new Writer(1024);
  /** The local that counts, or −1 where there are no loops. */
  let strip = -1;
  /** Exceptions pass through the function, so that it has to settle what its loops have counted before they go on. */
  let guarded = false;
  let loud = false;
  let looks = false;
  const count = (units: number): void => void code.op(0x20, strip).constant(units).put(0x6a).op(0x21, strip);
  const write: Write = (kind, value, from, to) => {
    const units = prices.units[value]!;
    if (kind === LOOP) {
      // Short loops are often entered, so they ask first whether there is anything to charge.
      const short = units < SHORT;
      const own = counted.get(value);
      code.copy(bytes, from, to);
      if (short) code.op(0x20, strip).constant(STRIP).put(0x4b, 0x04, VOID);
      code.op(0x20, strip).op(0x10, helpers.at(CHARGE)).op(0x21, strip);
      if (short) code.put(0x0b);
      if (own) {
        strips(code, bytes, to, own, units, Math.min(ROUNDS, Math.floor(PREPAID / units)), strip, () => edits.copy(code, bytes, own.from, own.to, prices.units, write));
        edits.pass(own.end);
        return own.end;
      }
      code.copy(bytes, from, to).op(0x20, strip).constant(STRIP).put(0x4b, 0x0d, 1);
      count(units);
      return undefined;
    }
    if (kind === END) {
      if (!counted.has(value)) code.put(0x0b);
    } else if (kind === REGION) {
      if (kinds.list[value] === OUTSIDE) helpers.spend(code, units, loud);
      else count(units);
    } else if (kind === LEAVE && value === 1) {
      if (strip >= 0 && !guarded) helpers.settle(code, strip, looks);
      helpers.thrown(code);
    } else if (strip < 0) code.copy(bytes, from, to);
    else if (kind === RETURN) code.op(0x0c, value);
    else {
      if (kind === CLOSE) close();
      helpers.settle(code, strip, looks);
    }
    return undefined;
  };

  /** Ends what is put around a function that has loops: a block, or what catches all exceptions and hands them on. */
  const close = (): void => {
    if (guarded) {
      code.put(...(catches === TRY ? [0x19] : [0x0b, 0x0c, 1, 0x0b]));
      helpers.settle(code, strip, looks);
      helpers.thrown(code);
      code.put(...(catches === TRY ? [0x09, 0] : [0x0a]));
    }
    code.put(0x0b);
  };

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
    1: () => extended(1, types.length, verbatim, (contents) => types.forEach((type) => contents.copy(Uint8Array.from(type)))),
    2: () => extended(2, 1, verbatim, (contents) => contents.name(RESERVED).name("tick").put(0).number(tick)),
    3: () => extended(3, added.length, verbatim, (contents) => added.forEach(({ type }) => contents.number(type))),
    4: () => bounded(4),
    5: () => bounded(5),
    6: () => extended(6, 1, edited, (contents) => contents.put(I32, 1, 0x41, 0, 0x0b)),
    7: () =>
      extended(7, subject.start === undefined ? 1 : 2, edited, (contents) => {
        contents.name(FUEL).put(0).number(helpers.at(LEASE));
        if (subject.start !== undefined) contents.name(START).put(0).number(entrance(subject.start));
      }),
    9: () => extended(9, 0, edited),
    10: () =>
      extended(
        10,
        added.length,
        (contents) => bodies.forEach((_, own) => contents.sized(one(own, nexts[own]!))),
        (contents) => added.forEach(({ body }) => contents.sized(body())),
      ),
  };

  /** One function: its locals and two of ours where it has loops, a charge where it is entered, its code, in which it calls `next` for itself. Once more, it is not charged. */
  const one = (index: number, next: number, mark?: number): Uint8Array => {
    const body = bodies[index]!;
    edits.next = marks[index] = mark ?? edits.next;
    edits.itself = subject.imported + index + 1;
    edits.instead = next;
    const type = blockTypes.get(subject.functions[subject.imported + index]!)!;
    strip = body.strip;
    guarded = strip >= 0 && body.leaves && catches > 0;
    loud = prices.loud[index]!;
    looks = prices.looks[index]!;
    code.at = 0;
    if (strip < 0) code.copy(bytes, body.from, body.code);
    else code.number(body.groups + 1).copy(bytes, body.locals, body.code).put(2, I32);
    const units = mark === undefined ? prices.entry[index]! : 0;
    if (units > 0) helpers.enter(code, units);
    // Whoever leaves settles what the loops have counted, so all that return go through here.
    if (strip >= 0) code.put(guarded && catches === TRY ? TRY : 0x02).copy(type);
    if (guarded && catches !== TRY) code.put(0x02, 0x69, catches).copy(type).put(1, 3, 0);
    edits.copy(code, bytes, body.code, body.to, prices.units, write);
    return code.written;
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
  const pages = subject.bounds[5].reduce((sum, { minimum }) => sum + minimum, 0);
  out.put(0).sized(declare(policy, digest, pages).written);
  return out.written;
}
