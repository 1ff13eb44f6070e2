import { HOST_CALL } from "./costs.ts";
import type { Outline } from "./outline.ts";
import { Writer } from "./writer.ts";

/** Bytes that memory operations move between two charges. */
const CHUNK = 1 << 20;
/** Bytes that cost one unit, as a power of two. */
const BYTES = 3;
/** Units of a table's element, as a power of two; what no table holds traps before anything is done. */
const ELEMENT = 5;
const MOST_ELEMENTS = 0xff_ffff;
/** Units of a new page, as a power of two, and of all that come at once: engines take a tenth of a millisecond to a whole one. */
const GROWN = 8;
const GROWTH = 2 ** 16;

/** The first three, which are always there. */
const REFILL = 0;
export const SPEND = 1;
export const LEASE = 2;

/** What stands for the instruction with this number behind 0xFC; `memory.grow` has none, so it is the first. */
const NAMES: Readonly<Record<number, string>> = { 0: "memory.grow", 8: "memory.init", 10: "memory.copy", 11: "memory.fill", 12: "table.init", 14: "table.copy", 15: "table.grow", 17: "table.fill" };
export const GROW = 0;
/** Of one module: no compiler needs more than some hundreds. */
export const MAX_HELPERS = 10_000;
/** Units of an exception that is thrown or handed on: engines take about a microsecond. */
const THROWN = 1000;

/** A type in the binary format, and a body: its own locals, then instructions. */
interface Helper {
  readonly type: readonly number[];
  readonly name: string;
  readonly body: Writer;
}

const I32 = 0x7f;
const VOID = 0x40;
const THREE: readonly number[] = [0x60, 3, I32, I32, I32, 0];

/**
 * Functions that hardening adds: what charges, and what stands for an instruction whose work depends on a length.
 * They come after the module's own, so that no index of those changes by them.
 */
export class Helpers {
  readonly list: Helper[] = [];
  readonly #known = new Map<string, number>();
  readonly #outline: Outline;
  readonly #first: number;
  readonly #fuel: number;
  readonly #tick: number;
  /** Takes what was pushed last from the fuel that was pushed before; and the same with a look at what is left. */
  readonly #less: Uint8Array;
  readonly #lessAndLook: Uint8Array;

  constructor(outline: Outline) {
    this.#outline = outline;
    this.#tick = outline.imported;
    this.#first = outline.functions.length + 1;
    this.#fuel = outline.globals;
    const less = (): Writer => new Writer().put(0x6b).op(0x24, this.#fuel);
    this.#less = less().written;
    this.#lessAndLook = less().op(0x23, this.#fuel).constant(0).put(0x48, 0x04, VOID).op(0x10, this.at(REFILL)).put(0x0b).written;

    // The host gives more, or a negative number; a trap, unlike an exception, passes every `catch_all`.
    this.#add("refill", [0x60, 0, 0], this.#body().constant(0).op(0x23, this.#fuel).op(0x10, this.#tick).op(0x24, this.#fuel).op(0x23, this.#fuel).constant(0).put(0x48, 0x04, VOID, 0x00, 0x0b));
    // (units)
    this.#add("spend", [0x60, 1, I32, 0], this.#body().op(0x23, this.#fuel).op(0x20, 0).copy(this.#lessAndLook));
    // (what the module may use) -> what was left before
    this.#add("lease", [0x60, 1, I32, 1, I32], this.#body().op(0x23, this.#fuel).op(0x20, 0).op(0x24, this.#fuel));
  }

  /** The index of the function that has this number. */
  at(number: number): number {
    return this.#first + number;
  }

  /** Pushes what is left. */
  fuel(out: Writer): Writer {
    return out.op(0x23, this.#fuel);
  }

  /** Takes what was pushed last from the fuel that was pushed before, and looks whether that is too much. */
  less(out: Writer): void {
    out.copy(this.#lessAndLook);
  }

  /** Where a function or a loop is entered: fuel −= units. */
  enter(out: Writer, units: number): void {
    this.less(this.fuel(out).constant(units));
  }

  /** The same in a few bytes where it is rare: a call makes engines give what is around it worse code. */
  spend(out: Writer, units: number): void {
    out.constant(units).op(0x10, this.at(SPEND));
  }

  /** What charges for a function that its callers by name pay for, and calls it: by a tail call where there are some, or each would leave a frame. */
  door(units: number, params: number, call: number, index: number): Uint8Array {
    const out = this.#body();
    this.enter(out, units);
    for (let param = 0; param < params; param++) out.op(0x20, param);
    return out.op(call, index).put(0x0b).written;
  }

  /** Where a function is left: fuel −= what its short loops have counted. */
  settle(out: Writer, strip: number, look: boolean): void {
    this.fuel(out).op(0x20, strip).copy(look ? this.#lessAndLook : this.#less);
  }

  /** Before an exception is thrown or handed on, and with it what short loops have counted, if there are some. Short: it may stand anywhere for one byte. */
  thrown(out: Writer, strip: number): void {
    out.constant(THROWN);
    if (strip >= 0) out.op(0x20, strip).put(0x6a);
    out.op(0x10, this.at(SPEND));
  }

  /** The index of the function that stands for an instruction with these operands. */
  index(code: number, operands: readonly number[]): number {
    const key = `${NAMES[code]} ${operands}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const index = this.at(this.list.length);
    this.#known.set(key, index);
    this.#add(key, ...this.#make(code, operands));
    return index;
  }

  #add(name: string, type: readonly number[], body: Writer): void {
    this.list.push({ name, type, body: body.put(0x0b) });
  }

  #body(locals = 0): Writer {
    return locals === 0 ? new Writer().put(0) : new Writer().put(1, locals, I32);
  }

  #make(code: number, operands: readonly number[]): [type: readonly number[], body: Writer] {
    const [first = 0] = operands;
    const element = this.#outline.tables[first] ?? 0x70;
    switch (code) {
      case GROW:
        return [[0x60, 1, I32, 1, I32], this.#grow(first)];
      case 11:
        return [THREE, this.#fill(first)];
      case 10:
        return [THREE, this.#copy(operands)];
      case 8:
        return [THREE, three(this.#spend(this.#body(), 2), 8, operands)];
      case 12:
      case 14:
        return [THREE, this.#charged(code, operands)];
      case 17:
        return [[0x60, 3, I32, element, I32, 0], this.#charged(code, operands)];
      default:
        return [[0x60, 2, element, I32, 1, I32], this.#growTable(first)];
    }
  }

  /** Charged by length, then done: the size of a table bounds it, so it needs no chunks. */
  #charged(code: number, operands: readonly number[]): Writer {
    return three(this.#elements(this.#body(), 2), code, operands);
  }

  #elements(out: Writer, length: number): Writer {
    return out.op(0x20, length).constant(MOST_ELEMENTS).put(0x71).constant(ELEMENT).put(0x74).op(0x10, this.at(SPEND));
  }

  #fill(memory: number): Writer {
    const out = this.#body().op(0x20, 2).constant(CHUNK).put(0x4b, 0x04, VOID);
    within(out, 0, memory).put(0x04, VOID, 0x03, VOID);
    this.#chunk(out).op(0x20, 0).op(0x20, 1).constant(CHUNK).put(0xfc, 11).number(memory);
    step(step(out, 0, 0x6a), 2, 0x6b).op(0x20, 2).constant(CHUNK).put(0x4b, 0x0d, 0, 0x0b, 0x0b, 0x0b);
    return three(this.#spend(out, 2), 11, [memory]);
  }

  /** From the end where the target lies behind the source, as they may overlap. */
  #copy([target = 0, source = 0]: readonly number[]): Writer {
    const out = this.#body().op(0x20, 2).constant(CHUNK).put(0x4b, 0x04, VOID);
    within(within(out, 0, target), 1, source).put(0x71, 0x04, VOID);
    out.op(0x20, 0).op(0x20, 1).put(0x4b, 0x04, VOID, 0x03, VOID);
    step(this.#chunk(out), 2, 0x6b).op(0x20, 0).op(0x20, 2).put(0x6a).op(0x20, 1).op(0x20, 2).put(0x6a).constant(CHUNK).put(0xfc, 10).number(target).number(source);
    out.op(0x20, 2).constant(CHUNK).put(0x4b, 0x0d, 0, 0x0b, 0x05, 0x03, VOID);
    this.#chunk(out).op(0x20, 0).op(0x20, 1).constant(CHUNK).put(0xfc, 10).number(target).number(source);
    step(step(step(out, 0, 0x6a), 1, 0x6a), 2, 0x6b).op(0x20, 2).constant(CHUNK).put(0x4b, 0x0d, 0, 0x0b, 0x0b, 0x0b, 0x0b);
    return three(this.#spend(out, 2), 10, [target, source]);
  }

  /** The host counts the pages of all memories, and is told where the engine refuses after all. */
  #grow(memory: number): Writer {
    const out = this.#body(1).op(0x20, 0).put(0x45, 0x04, VOID).op(0x3f, memory).put(0x0f, 0x0b);
    this.enter(out, HOST_CALL);
    out.constant(1).op(0x20, 0).op(0x10, this.#tick).put(0x45, 0x04, VOID, 0x41, 0x7f, 0x0f, 0x0b);
    out.op(0x20, 0).op(0x40, memory).op(0x22, 1).put(0x41, 0x7f, 0x46, 0x04, VOID).constant(2).op(0x20, 0).op(0x10, this.#tick).put(0x1a, 0x05);
    return out.op(0x20, 0).constant(GROWN).put(0x74).constant(GROWTH).put(0x6a).op(0x10, this.at(SPEND)).put(0x0b).op(0x20, 1);
  }

  /** Charged only where it was done: how much it may be is the table's maximum. Some engines move all that was there. */
  #growTable(table: number): Writer {
    const out = this.#body(1).op(0x20, 0).op(0x20, 1).put(0xfc, 15).number(table).op(0x22, 2).put(0x41, 0x7f, 0x47, 0x04, VOID);
    return this.#elements(out, 1).op(0x20, 2).op(0x10, this.at(SPEND)).put(0x0b).op(0x20, 2);
  }

  #spend(out: Writer, length: number): Writer {
    this.less(this.fuel(out).op(0x20, length).constant(BYTES).put(0x76).constant(1).put(0x6a));
    return out;
  }

  #chunk(out: Writer): Writer {
    return out.constant(CHUNK >>> BYTES).op(0x10, this.at(SPEND));
  }
}

/** Does the instruction on the parameters. */
function three(out: Writer, code: number, operands: readonly number[]): Writer {
  out.op(0x20, 0).op(0x20, 1).op(0x20, 2).put(0xfc, code);
  for (const operand of operands) out.number(operand);
  return out;
}

/** Pushes whether the range from a parameter on lies in the memory: nothing may be done of what will trap. */
function within(out: Writer, from: number, memory: number): Writer {
  return out.op(0x20, from).put(0xad).op(0x20, 2).put(0xad, 0x7c).op(0x3f, memory).put(0xad, 0x42, 16, 0x86, 0x58);
}

/** Adds a chunk to a parameter, or takes it off. */
function step(out: Writer, local: number, operation: number): Writer {
  return out.op(0x20, local).constant(CHUNK).put(operation).op(0x21, local);
}
