import type { Reader } from "../reader.ts";
import { valueType } from "../typing.ts";
import { CALL, CLOSE, END, INDEX, LABEL, LEAVE, LOOP, REGION, RETURN, type Edits } from "./edits.ts";
import type { Helpers } from "./helpers.ts";
import type { Outline } from "./outline.ts";
import { mustBeAllowed, refused } from "./policy.ts";

/**
 * Code that runs from its beginning or not at all, as far as it matters: a function's own, a loop's, or a region that
 * follows a label or a condition. By number, in the order of the file.
 */
export interface Units {
  /** Instructions. */
  readonly costs: number[];
  /** The unit without which this one does not run. */
  readonly parents: number[];
  readonly kinds: number[];
  /** Of a loop that is short enough to be written more than once: where its `end` is. Else 0. */
  readonly ends: number[];
}

/** Bytes of a loop's body that is written more than once. */
const SHORT = 72;
const VOID = 0x40;

export const BODY = 0;
/** A region outside of loops, and one in a loop. */
export const OUTSIDE = 1;
export const INSIDE = 2;
export const CYCLE = 3;

/**
 * Takes code apart: what it costs and calls, and what has to change in it. Every index into a space that hardening
 * adds to (functions, globals, types, locals, labels) is checked, because one that was beyond the end of it would
 * afterwards name something of ours.
 */
export class Scan {
  readonly units: Units = { costs: [], parents: [], kinds: [], ends: [] };
  /** Two numbers each: the unit that calls, and the function. */
  readonly calls: number[] = [];
  /** Somewhere exceptions are caught, so that a function may be left in the middle. */
  catches = false;
  /** The expression that was read last has loops. */
  loops = false;
  readonly #reader: Reader;
  readonly #outline: Outline;
  readonly #edits: Edits;
  readonly #helpers: Helpers;
  /** By depth, how many of the labels from the outermost to this one are loops. */
  readonly #loops: number[] = [0];
  readonly #units: number[] = [0];

  constructor(reader: Reader, outline: Outline, edits: Edits, helpers: Helpers) {
    this.#reader = reader;
    this.#outline = outline;
    this.#edits = edits;
    this.#helpers = helpers;
  }

  /** Reads to the `end` of a function's body or of an initialiser, and gives the number of its first unit. */
  expression(locals: number): number {
    const reader = this.#reader;
    const { types, functions, globals, entered } = this.#outline;
    const loops = this.#loops;
    const units = this.#units;
    const { costs, parents, kinds, ends } = this.units;
    let depth = 0;
    let count = 0;
    let unit = -1;
    /** The loop that holds no other so far, and where its body begins if that can be repeated. */
    let innermost = -1;
    let begins = -1;

    /** What follows is counted for another unit. */
    const turn = (kind: number, parent: number): number => {
      if (unit >= 0) costs[unit]! += count;
      count = 0;
      parents.push(parent);
      kinds.push(kind);
      ends.push(0);
      return (unit = costs.push(0) - 1);
    };
    const region = (parent: number): void => {
      this.#edits.note(REGION, reader.at, reader.at, turn(loops[depth] === 0 ? OUTSIDE : INSIDE, parent));
    };
    const enter = (loop: 0 | 1): void => {
      units[depth + 1] = unit;
      loops[++depth] = loops[depth - 1]! + loop;
    };
    const label = (): void => {
      const from = reader.at;
      const index = reader.number();
      if (index > depth) throw reader.error(`label ${index} is unknown`);
      const passed = loops[depth]! - loops[depth - index]!;
      if (passed > 0) this.#edits.note(LABEL, from, reader.at, index + passed);
    };
    const below = (limit: number): number => {
      const index = reader.number();
      if (index >= limit) throw reader.error(`${index} is unknown`);
      return index;
    };

    this.loops = false;
    const first = turn(BODY, -1);
    for (;;) {
      const at = reader.at;
      const code = reader.byte();
      count++;
      switch (code) {
        case 0x02: // block
        case 0x04: // if
        case 0x06: // try
        case 0x1f: // try_table
          this.#blockType();
          if (code === 0x1f) for (let left = reader.count(Infinity); left > 0; left--) {
            if (reader.byte() < 2) reader.number();
            label();
          }
          if (code > 0x04) this.catches = true;
          enter(0);
          if (code === 0x04) region(unit);
          break;
        case 0x03: // loop
          this.#blockType();
          this.loops = true;
          enter(1);
          this.#edits.note(LOOP, at, reader.at, (innermost = turn(CYCLE, -1)));
          begins = loops[depth]! > 1 && reader.bytes[at + 1] === VOID ? reader.at : -1;
          break;
        case 0x05: // else
        case 0x19: // catch_all
          region(units[depth]!);
          break;
        case 0x07: // catch
          reader.number();
          region(units[depth]!);
          break;
        case 0x18: // delegate
          depth--;
          label();
          region(units[depth + 1]!);
          break;
        case 0x0b: // end
          if (depth === 0) {
            costs[unit]! += count;
            this.#edits.note(CLOSE, at, at, 0);
            return first;
          }
          if (loops[depth] !== loops[depth - 1]) {
            this.#edits.note(END, at, at, innermost);
            if (at - begins < SHORT && begins > 0) ends[innermost] = at;
            begins = innermost = -1;
          }
          depth--;
          region(units[depth + 1]!);
          break;
        case 0x0e: // br_table
          for (let left = reader.count(Infinity); left >= 0; left--) label();
          break;
        case 0x0c: // br
        case 0x0d: // br_if
          label();
          break;
        case 0x09: // rethrow
          this.#edits.note(LEAVE, at, at, 0);
          label();
          break;
        case 0x08: // throw
        case 0x0a: // throw_ref
          this.#edits.note(LEAVE, at, at, 0);
          if (code === 0x08) reader.number();
          break;
        case 0x0f: // return
          begins = -1;
          this.#edits.note(RETURN, at, reader.at, depth + loops[depth]!);
          break;
        case 0x00: // unreachable
        case 0x01: // nop
        case 0x1a: // drop
        case 0x1b: // select
        case 0xd1: // ref.is_null
          break;
        case 0x10: // call
        case 0x12: // return_call
        case 0xd2: { // ref.func
          if (code === 0x12) this.#edits.note(LEAVE, at, at, 0);
          const index = below(functions.length);
          this.renumber(at + 1, index);
          if (code === 0xd2) (entered as boolean[])[index] = true;
          else this.calls.push(unit, index);
          break;
        }
        case 0x11: // call_indirect
        case 0x13: // return_call_indirect
          if (code === 0x13) this.#edits.note(LEAVE, at, at, 0);
          below(types.length);
          reader.number();
          break;
        case 0x1c: // select of a type
          this.#types(reader.count(Infinity));
          break;
        case 0xd0: // ref.null
          this.#types(1);
          break;
        case 0x20: // local.get, local.set, local.tee
        case 0x21:
        case 0x22:
          below(locals);
          break;
        case 0x23: // global.get, global.set
        case 0x24:
          below(globals);
          break;
        case 0x25: // table.get, table.set
        case 0x26:
        case 0x3f: // memory.size
          reader.number();
          break;
        case 0x40: // memory.grow
          this.#replace(at, "memory.grow", reader.number());
          break;
        case 0x41: // i32.const, i64.const
        case 0x42:
          while (reader.byte() > 127);
          break;
        case 0x43: // f32.const
          reader.skip(4);
          break;
        case 0x44: // f64.const
          reader.skip(8);
          break;
        case 0xfc:
          this.#bulk(at, reader.number());
          break;
        case 0xfd:
          this.#simd(reader.number());
          break;
        default:
          if (code >= 0x28 && code < 0x3f) this.#access();
          else if (code < 0x45 || code > 0xc4) throw refused(code === 0xfe ? "threads" : code === 0xfb || code === 0x14 || code === 0x15 || (code > 0xd2 && code < 0xd7) ? "garbage collection" : `the instruction 0x${code.toString(16)}`);
      }
    }
  }

  /** The import that is added moves the module's own functions up by one. */
  renumber(from: number, index: number): void {
    if (index >= this.#outline.imported) this.#edits.note(INDEX, from, this.#reader.at, index + 1);
  }

  /** Empty, a type of value, or the index of a type. */
  #blockType(): void {
    const reader = this.#reader;
    const code = reader.bytes[reader.at]!;
    if (code === 0x40) reader.at++;
    else if (code > 0x40 && code < 0x80) this.#types(1);
    else reader.pick(this.#outline.types);
  }

  #types(count: number): void {
    const reader = this.#reader;
    for (; count > 0; count--) {
      const code = reader.bytes[reader.at]!;
      valueType(reader);
      mustBeAllowed([code]);
    }
  }

  /** Alignment, whose seventh bit says that a memory's index follows, and an offset. */
  #access(): void {
    if (this.#reader.number() & 64) this.#reader.number();
    this.#reader.number();
  }

  #bulk(at: number, code: number): void {
    const reader = this.#reader;
    if (code < 8) return; // conversions
    const first = reader.number();
    if (code === 9 || code === 13 || code === 16) return; // data.drop, elem.drop, table.size
    if (code === 11) this.#replace(at, "memory.fill", first);
    else if (code === 15) this.#replace(at, "table.grow", first);
    else if (code === 17) this.#replace(at, "table.fill", first);
    else {
      const second = reader.number();
      if (code === 8) this.#replace(at, "memory.init", first, second);
      else if (code === 10) this.#replace(at, "memory.copy", first, second);
      else if (code === 12) this.#replace(at, "table.init", first, second);
      else if (code === 14) this.#replace(at, "table.copy", first, second);
      else throw refused(`the instruction 0xfc ${code}`);
    }
  }

  #simd(code: number): void {
    const reader = this.#reader;
    if (code < 12 || code === 92 || code === 93) this.#access();
    else if (code === 12 || code === 13) reader.skip(16);
    else if (code > 20 && code < 35) reader.byte();
    else if (code > 83 && code < 92) {
      this.#access();
      reader.byte();
    } else if (code > 255) throw refused("relaxed SIMD");
  }

  #replace(at: number, name: string, ...operands: number[]): void {
    const index = this.#helpers.index(name, operands);
    this.#edits.note(CALL, at, this.#reader.at, index);
  }
}
