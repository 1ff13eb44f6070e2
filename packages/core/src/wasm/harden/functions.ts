import { strips } from "./counted.ts";
import { STRIP, TURNS } from "./costs.ts";
import { CLOSE, END, LEAVE, LOOP, REGION, RETURN, type Write } from "./edits.ts";
import type { Findings } from "./emit.ts";
import { SPEND } from "./helpers.ts";
import type { Types } from "./signatures.ts";
import { Writer } from "./writer.ts";

const I32 = 0x7f;
const VOID = 0x40;
/** The older of the two instructions that catch exceptions; the other is `try_table`. */
const TRY = 0x06;
/** The type of an exception that is caught to be handed on. */
const EXCEPTION = 0x69;

/** A function that comes behind the module's own: a helper by its name, or one of them once more by its number. */
export interface Added {
  readonly type: number;
  readonly name: string | number;
  readonly body: () => Uint8Array;
}

/** Writes functions, with what charges for them. */
export class Functions {
  /** What comes behind the module's own: helpers, doors, and functions once more, so that who follows the edits finds these. */
  readonly added: Added[];
  readonly #found: Findings;
  readonly #types: Types;
  readonly #code = new Writer(1024);
  /** By function, what it calls for itself, and, if it is written several times, where its edits begin. */
  readonly #nexts: number[] = [];
  readonly #marks: number[] = [];
  /** Of the function that is written: its number, and the local that counts rounds of short loops, or −1 where there are none. */
  #own = 0;
  #strip = -1;
  /** Exceptions pass through it, so that it has to settle what these have counted before they go on. */
  #guarded = false;

  constructor(found: Findings, types: Types) {
    this.#found = found;
    this.#types = types;
    const { helpers, edits, bodies, subject, scan, prices } = found;
    for (const own of bodies.keys()) if (prices.locals[own] === 2) types.block(this.#type(own)); // before types are written
    this.added = helpers.list.map(({ type, name, body }) => ({ type: types.of(type), name, body: () => body.written }));
    const add = (name: string | number, own: number, body: () => Uint8Array): number => helpers.at(this.added.push({ type: this.#type(own), name, body }) - 1);
    for (const own of bodies.keys()) {
      const index = subject.imported + own + 1;
      const cost = prices.doors[own]!;
      if (cost > 0) edits.doors.set(index, add("door", own, () => helpers.door(cost, subject.types[this.#type(own)]!.params.length, scan.call, index)));
    }
    for (const own of bodies.keys()) {
      const index = subject.imported + own;
      this.#nexts[own] = index + 1;
      for (let turn = prices.turns[own] ? TURNS : 1; turn > 1; turn--) {
        const next = this.#nexts[own];
        this.#nexts[own] = add(index, own, () => this.#write(own, next, this.#marks[own]));
      }
    }
  }

  /** The index by which a function is entered from outside. */
  entrance(index: number): number {
    return index < this.#found.subject.imported ? index : (this.#found.edits.doors.get(index + 1) ?? index + 1);
  }

  /** One of the module's own, in their order. */
  one(own: number): Uint8Array {
    return this.#write(own, this.#nexts[own]!);
  }

  #type(own: number): number {
    const { functions, imported } = this.#found.subject;
    return functions[imported + own]!;
  }

  /** Its locals and those of ours, a charge where it is entered, its code, in which it calls `next` for itself. Once more, it is not charged. */
  #write(own: number, next: number, mark?: number): Uint8Array {
    const { reader, edits, bodies, subject, helpers, prices } = this.#found;
    const { catches } = this.#found.scan;
    const code = this.#code;
    const body = bodies[own]!;
    edits.next = this.#marks[own] = mark ?? edits.next;
    edits.itself = subject.imported + own + 1;
    edits.instead = next;
    edits.twice.length = 1;
    const locals = prices.locals[own]!;
    this.#own = own;
    this.#strip = locals === 2 ? body.local + 1 : -1;
    this.#guarded = locals === 2 && body.leaves && catches > 0;
    code.at = 0;
    if (locals === 0) code.copy(reader.bytes, body.from, body.code);
    else code.number(body.groups + 1).copy(reader.bytes, body.locals, body.code).put(locals, I32);
    const units = mark === undefined ? prices.entry[own]! : 0;
    if (units > 0) helpers.enter(code, units);
    if (this.#strip >= 0) {
      // Whoever leaves settles what the loops have counted, so all that return go through here.
      const type = this.#types.block(this.#type(own));
      code.put(this.#guarded && catches === TRY ? TRY : 0x02).copy(type);
      if (this.#guarded && catches !== TRY) code.put(0x02, EXCEPTION, catches).copy(type).put(1, 3, 0);
    }
    edits.copy(code, reader.bytes, body.code, body.to, prices.units, this.#change);
    return code.written;
  }

  readonly #change: Write = (kind, value, from, to) => {
    const { reader, edits, helpers, prices } = this.#found;
    const code = this.#code;
    if (kind === LOOP) return this.#loop(value, from, to);
    if (kind === END) {
      if (edits.twice.pop()! > edits.twice.at(-1)!) code.put(0x0b);
    } else if (kind === REGION) helpers.spend(code, prices.units[value]!);
    else if (kind === LEAVE && value === 1) {
      helpers.thrown(code, this.#guarded ? -1 : this.#strip);
    } else if (this.#strip < 0) code.copy(reader.bytes, from, to);
    else if (kind === RETURN) code.op(0x0c, value + edits.twice.at(-1)!);
    else {
      if (kind === CLOSE) this.#close();
      this.#settle();
    }
    return undefined;
  };

  /** A loop is charged in each round, by strips where a variable counts them, or where it is short by what a local counts. */
  #loop(value: number, from: number, to: number): number | undefined {
    const { reader, edits, bodies, helpers, prices, scan } = this.#found;
    const { bytes } = reader;
    const code = this.#code;
    const cost = prices.units[value]!;
    const counted = scan.units.counted.get(value);
    const short = prices.short[value]!;
    edits.twice.push(edits.twice.at(-1)! + short);
    code.copy(bytes, from, to);
    if (short) {
      this.#full().put(0x04, VOID).op(0x20, this.#strip).op(0x10, helpers.at(SPEND)).constant(0).op(0x21, this.#strip).put(0x0b).copy(bytes, from, to);
      this.#full().put(0x0d, 1).op(0x20, this.#strip).constant(cost).put(0x6a).op(0x21, this.#strip);
    } else if (counted) {
      strips(code, bytes, to, counted, cost, helpers, bodies[this.#own]!.local, () => edits.copy(code, bytes, counted.from, counted.to, prices.units, this.#change));
      edits.pass(counted.end);
      return counted.end;
    } else helpers.enter(code, cost);
    return undefined;
  }

  /** Pushes whether short loops have counted a strip. */
  #full(): Writer {
    return this.#code.op(0x20, this.#strip).constant(STRIP).put(0x4b);
  }

  #settle(): void {
    this.#found.helpers.settle(this.#code, this.#strip, this.#found.prices.entry[this.#own] === 0);
  }

  /** Ends what is put around a function that has loops: a block, or what catches all exceptions and hands them on. */
  #close(): void {
    const code = this.#code;
    const old = this.#found.scan.catches === TRY;
    if (this.#guarded) {
      code.put(...(old ? [0x19] : [0x0b, 0x0c, 1, 0x0b]));
      this.#found.helpers.thrown(code, this.#strip);
      code.put(...(old ? [0x09, 0] : [0x0a]));
    }
    code.put(0x0b);
  }
}
