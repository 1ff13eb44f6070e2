import type { Reader } from "../reader.ts";
import type { FunctionType } from "../types.ts";
import { valueType } from "../typing.ts";
import { counted } from "./counted.ts";
import { CALL, CLOSE, END, INDEX, LABEL, LEAVE, LOOP, REGION, RETURN, UNNAMED, type Edits } from "./edits.ts";
import { GROW, MAX_HELPERS, type Helpers } from "./helpers.ts";
import { Numbers } from "./numbers.ts";
import { INVALID, type Outline } from "./outline.ts";
import { mustBeAllowed, refused } from "./policy.ts";
import { behind, GLOBAL, LOCAL, NOTHING, OTHER, shapes } from "./shapes.ts";
import { BODY, CYCLE, INSIDE, OUTSIDE, type Units } from "./units.ts";
import { vector } from "./vectors.ts";

/** Bytes of a loop's body that is worth a look whether a variable counts its rounds. */
const SHORT = 80;
/** Instructions that compare before the first round of such a loop: they are done where no round is, too. */
const BEFORE = 4;
const VOID = 0x40;
/** Values that cost one unit where several are handed on, as a power of two: no function has more than 1,000. */
const VALUES = 3;

/**
 * Takes code apart: what it costs and calls, and what has to change in it. Every index into a space that hardening
 * adds to (functions, globals, types, locals, labels) is checked, because one that was beyond the end of it would
 * afterwards name something of ours.
 */
export class Scan {
  readonly units: Units = { costs: new Numbers(), parents: new Numbers(), kinds: new Numbers(), counted: new Map() };
  /** Two numbers each: the unit that calls, and the function. */
  readonly calls: Numbers = new Numbers();
  /** Where exceptions are caught, the instruction that does it: there are two encodings, and no module has both. */
  catches = 0;
  /** How a call is made whose results are returned: by a tail call, if the module has any, as then the engine knows them. */
  call = 0x10;
  /** The expression that was read last has loops; it calls or throws. */
  loops = false;
  leaves = false;
  readonly #reader: Reader;
  readonly #outline: Outline;
  readonly #edits: Edits;
  readonly #helpers: Helpers;
  readonly #shapes: Uint8Array = shapes();
  /** By depth, how many of the labels from the outermost to this one are loops, and the unit that the label stands in. */
  readonly #loops: number[] = [0];
  readonly #units: number[] = [0];
  #depth = 0;
  /** What is counted for which unit. */
  #count = 0;
  #unit = -1;
  /** By depth, the unit of the loop there, and where its body begins if it takes and leaves nothing. */
  readonly #cycles: number[] = [];
  readonly #begins: number[] = [];

  constructor(reader: Reader, outline: Outline, edits: Edits, helpers: Helpers) {
    this.#reader = reader;
    this.#outline = outline;
    this.#edits = edits;
    this.#helpers = helpers;
  }

  /** Reads to the `end` of an initialiser: a constant, the value of a global, a reference, or a sum of some. */
  constant(): void {
    const reader = this.#reader;
    for (;;) {
      const code = reader.byte();
      if (code === 0x0b) return;
      if (code === 0xd2) this.#outline.entered[this.#named(reader.at, UNNAMED)] = true;
      else if (code === 0xfd) {
        if (reader.number() !== 12) throw reader.error(INVALID);
        reader.skip(16);
      } else if (code === 0x23) this.#below(this.#outline.globals);
      else if (code === 0xd0) this.#types(1);
      else if (code > 0x40 && code < 0x45) reader.at = this.#past(reader.at, this.#shapes[code]!, 0);
      else if (!(code > 0x69 && code < 0x6d) && !(code > 0x7b && code < 0x7f)) throw reader.error(INVALID);
    }
  }

  /** Reads to the `end` of a function's body, and gives the number of its first unit. */
  body(locals: number): number {
    this.loops = this.leaves = false;
    this.#depth = 0;
    this.#unit = -1;
    const first = this.#turn(BODY, -1);
    do this.#pass(locals);
    while (this.#more());
    return first;
  }

  /** Passes over nine of ten instructions. Short, because an engine that has just begun to run it takes its time for what is long. */
  #pass(locals: number): void {
    const { bytes, at: from, end } = this.#reader;
    const known = this.#shapes;
    let at = from;
    let count = 0;
    for (; at < end; count++) {
      const shape = known[bytes[at]!]!;
      if (shape === OTHER) break;
      if (shape === LOCAL && bytes[at + 1]! < 128) {
        if (bytes[at + 1]! >= locals) throw this.#reader.error(INVALID);
        at += 2;
      } else if (shape === NOTHING) at++;
      else at = this.#past(at + 1, shape, locals);
    }
    this.#count += count;
    this.#reader.at = at;
  }

  /** Reads an instruction that changes or leads somewhere; false at the function's end. Short, too: what is rare is read elsewhere. */
  #more(): boolean {
    const reader = this.#reader;
    const { at } = reader;
    const code = reader.byte();
    this.#count++;
    switch (code) {
      case 0x02: // block
      case 0x04: // if
        this.#blockType();
        this.#enter(0);
        if (code === 0x04) this.#region(this.#unit);
        break;
      case 0x0b: // end
        return this.#end(at);
      case 0x0c: // br
      case 0x0d: // br_if
        this.#label();
        break;
      case 0x10: // call
        this.#call();
        break;
      default:
        this.#rare(code, at);
    }
    return true;
  }

  #rare(code: number, at: number): void {
    const reader = this.#reader;
    switch (code) {
      case 0x03: // loop
        this.loops = true;
        this.#enter(1);
        this.#turn(CYCLE, -1);
        this.#blockType();
        this.#edits.note(LOOP, at, reader.at, (this.#cycles[this.#depth] = this.#unit));
        this.#begins[this.#depth] = reader.bytes[at + 1] === VOID ? reader.at : -Infinity;
        break;
      case 0x06: // try
      case 0x1f: // try_table
        this.#blockType();
        if (code === 0x1f) for (let left = reader.count(Infinity); left > 0; left--) {
          if (reader.byte() < 2) reader.number();
          this.#label();
        }
        this.catches = code;
        this.#enter(0);
        break;
      case 0x05: // else
      case 0x07: // catch
      case 0x19: // catch_all
        if (code === 0x07) reader.number();
        this.#mustBeWithin();
        this.#region(this.#units[this.#depth]!);
        break;
      case 0x18: // delegate
        this.#mustBeWithin();
        this.#depth--;
        this.#label();
        this.#region(this.#units[this.#depth + 1]!);
        break;
      case 0x0e: // br_table
        for (let left = reader.count(Infinity); left >= 0; left--) this.#label();
        break;
      case 0x08: // throw
      case 0x09: // rethrow
      case 0x0a: // throw_ref
        this.leaves = true;
        this.#edits.note(LEAVE, at, at, 1);
        if (code === 0x09) this.#label();
        else if (code === 0x08) reader.number();
        break;
      case 0x0f: // return
        this.#edits.note(RETURN, at, reader.at, this.#depth + this.#loops[this.#depth]!);
        break;
      case 0x12: // return_call
        this.#tail(at);
        this.#call();
        break;
      case 0x11: // call_indirect
      case 0x13: // return_call_indirect
        if (code === 0x13) this.#tail(at);
        this.#handOn(reader.pick(this.#outline.types));
        reader.number();
        this.leaves = true;
        break;
      case 0xd2: // ref.func
        // Elements, globals and exports came before. Nothing else makes it valid, and later our own exports would.
        if (!this.#outline.entered[this.#named(reader.at, UNNAMED)]) throw reader.error(INVALID);
        break;
      case 0x40: // memory.grow
        this.#replace(at, GROW, [reader.number()]);
        break;
      case 0xfc:
        this.#bulk(at, reader.number());
        break;
      case 0xfd:
        vector(reader, reader.number());
        break;
      case 0x1c: // select of a type
        this.#types(reader.count(Infinity));
        break;
      case 0xd0: // ref.null
        this.#types(1);
        break;
      default:
        throw refused(`the instruction 0x${code.toString(16)}`);
    }
  }

  #call(): void {
    const index = this.#named(this.#reader.at, INDEX);
    this.#handOn(this.#outline.types[this.#outline.functions[index]!]!);
    this.calls.push(this.#unit);
    this.calls.push(index);
    this.leaves = true;
  }

  #end(at: number): boolean {
    const depth = this.#depth;
    if (depth === 0) {
      this.units.costs.list[this.#unit]! += this.#count;
      this.#edits.note(CLOSE, at, at, 0);
      return false;
    }
    const before = this.#loops[depth] !== this.#loops[depth - 1] && this.#loopEnds(at, this.#cycles[depth]!, this.#begins[depth]!);
    this.#depth--;
    this.#region(this.#units[depth]!);
    if (before) this.#count += BEFORE;
    return true;
  }

  /** Gives whether a variable counts it, and is compared before the first round. */
  #loopEnds(at: number, cycle: number, begins: number): boolean | undefined {
    this.#edits.note(END, at, at, cycle);
    const found = at - begins < SHORT ? counted(this.#reader, this.#shapes, begins, at) : undefined;
    this.#reader.at = at + 1;
    if (found) this.units.counted.set(cycle, found);
    return found?.before;
  }

  /** The place behind what follows an instruction, if it is in bounds. */
  #past(at: number, shape: number, locals: number): number {
    if (shape !== LOCAL && shape !== GLOBAL) return behind(this.#reader.bytes, at, shape);
    this.#reader.at = at;
    this.#below(shape === LOCAL ? locals : this.#outline.globals);
    return this.#reader.at;
  }

  /** What follows is counted for another unit. */
  #turn(kind: number, parent: number): number {
    const { costs, parents, kinds } = this.units;
    if (this.#unit >= 0) costs.list[this.#unit]! += this.#count;
    this.#count = 0;
    parents.push(parent);
    kinds.push(kind);
    return (this.#unit = costs.push(0));
  }

  #region(parent: number): void {
    const { at } = this.#reader;
    this.#edits.note(REGION, at, at, this.#turn(this.#loops[this.#depth] === 0 ? OUTSIDE : INSIDE, parent));
  }

  #enter(loop: 0 | 1): void {
    const depth = ++this.#depth;
    this.#units[depth] = this.#unit;
    this.#loops[depth] = this.#loops[depth - 1]! + loop;
  }

  /** What only stands in a block would otherwise belong to the one that is put around a function. */
  #mustBeWithin(): void {
    if (this.#depth === 0) throw this.#reader.error(INVALID);
  }

  #tail(at: number): void {
    this.#edits.note(LEAVE, at, at, 0);
    this.call = 0x12;
  }

  #label(): void {
    const reader = this.#reader;
    const loops = this.#loops;
    const depth = this.#depth;
    const from = reader.at;
    const index = reader.number();
    if (index > depth) throw reader.error(`label ${index} is unknown`);
    const passed = loops[depth]! - loops[depth - index]!;
    if (passed > 0) this.#edits.note(LABEL, from, reader.at, index + passed);
  }

  #below(limit: number): number {
    const index = this.#reader.number();
    if (index >= limit) throw this.#reader.error(`${index} is unknown`);
    return index;
  }

  /** The index of a function. The import that is added moves the module's own up by one. */
  #named(from: number, kind: number): number {
    const index = this.#below(this.#outline.functions.length);
    if (index >= this.#outline.imported) this.#edits.note(kind, from, this.#reader.at, index + 1);
    return index;
  }

  /** Empty, a type of value, or the index of a type. */
  #blockType(): void {
    const reader = this.#reader;
    const code = reader.bytes[reader.at]!;
    if (code === 0x40) reader.at++;
    else if (code > 0x40 && code < 0x80) this.#types(1);
    else this.#handOn(reader.pick(this.#outline.types));
  }

  /** Values that stay where they are cost nothing, but a jump may move them all. */
  #handOn({ params, results }: FunctionType): void {
    this.#count += (params.length + results.length) >> VALUES;
  }

  #types(count: number): void {
    const reader = this.#reader;
    for (; count > 0; count--) {
      const code = reader.bytes[reader.at]!;
      if (code < 0x7b) mustBeAllowed([code]);
      valueType(reader);
    }
  }

  #bulk(at: number, code: number): void {
    const reader = this.#reader;
    if (code < 8) return; // conversions
    const first = reader.number();
    if (code === 9 || code === 13 || code === 16) return; // data.drop, elem.drop, table.size
    if (code > 17) throw refused(`the instruction 0xfc ${code}`);
    // Initialisers and copies name what they read from, too.
    this.#replace(at, code, (code & 1) > 0 ? [first] : [first, reader.number()]);
  }

  #replace(at: number, code: number, operands: readonly number[]): void {
    this.#edits.note(CALL, at, this.#reader.at, this.#helpers.index(code, operands));
    this.#reader.bound(this.#helpers.list.length, MAX_HELPERS);
  }
}
