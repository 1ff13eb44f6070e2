import type { Reader } from "../reader.ts";
import type { FunctionType } from "../types.ts";
import { counted } from "./counted.ts";
import { CALL, CLOSE, END, INDEX, LABEL, LEAVE, LOOP, REGION, RETURN, UNNAMED, type Edits } from "./edits.ts";
import { GROW, MAX_HELPERS, type Helpers } from "./helpers.ts";
import { Labels } from "./labels.ts";
import { Numbers } from "./numbers.ts";
import { NONE, Operands } from "./operands.ts";
import { INVALID, type Outline } from "./outline.ts";
import { refused } from "./policy.ts";
import { LOCAL, NOTHING, OTHER, SHAPE } from "./shapes.ts";
import { ANYWHERE, Units } from "./units.ts";
import { vector } from "./vectors.ts";
import { EACH_WEIGHT, HANDED_WEIGHT } from "./weights.ts";

/** Bytes of a loop's body that is worth a look whether a variable counts its rounds. */
const SHORT = 80;
/** Instructions that compare before the first round of such a loop: they are done where no round is, too. */
const BEFORE = 4;
const VOID = 0x40;
/** Units of a handler that names what it catches: engines try one after another, and throw once more what none of a block has caught. */
const HANDLER = 100;
/** Values that cost one unit where several are handed on, as a power of two: no function has more than 1,000. */
const VALUES = 3;

/** Takes code apart: what it costs and calls, and what has to change in it. */
export class Scan {
  readonly operands: Operands;
  readonly units: Units = new Units();
  readonly labels: Labels = new Labels(this.units);
  /** Two numbers each: the unit that calls, and the function. */
  readonly calls: Numbers = new Numbers();
  /** Where exceptions are caught, the instruction that does it: there are two encodings, and no module has both. */
  catches = 0;
  /** How a call is made whose results are returned: by a tail call, if the module has any, as then the engine knows them. */
  call = 0x10;
  /** Of the function that was read last: how many loops it has; it calls or throws. */
  loops = 0;
  leaves = false;
  readonly #reader: Reader;
  readonly #outline: Outline;
  readonly #edits: Edits;
  readonly #helpers: Helpers;
  /** By depth, where the body of a loop begins if it takes and leaves nothing. */
  readonly #begins: number[] = [];

  constructor(reader: Reader, outline: Outline, edits: Edits, helpers: Helpers) {
    this.operands = new Operands(reader, outline, edits);
    this.#reader = reader;
    this.#outline = outline;
    this.#edits = edits;
    this.#helpers = helpers;
  }

  /** Reads to the `end` of a function's body, and gives the number of its first unit. */
  body(locals: number, type: FunctionType): number {
    this.loops = 0;
    this.leaves = false;
    const first = this.labels.begin(type, locals);
    do this.#pass(locals);
    while (this.#more());
    return first;
  }

  /** Passes over nine of ten instructions. Short, because an engine that has just begun to run it takes its time for what is long. */
  #pass(locals: number): void {
    const { bytes, at: from, end } = this.#reader;
    const known = this.operands.shapes;
    let at = from;
    let count = 0;
    let height = 0;
    for (; at < end; count++) {
      const both = known[bytes[at]!]!;
      const shape = both & SHAPE;
      height += both >> 4;
      if (shape >= OTHER) break;
      if (shape === LOCAL && bytes[at + 1]! < 128) {
        if (bytes[at + 1]! >= locals) throw this.#reader.error(INVALID);
        at += 2;
      } else if (shape === NOTHING) at++;
      else at = this.operands.past(at + 1, shape, locals);
    }
    this.units.count += count;
    this.labels.height += height;
    this.#reader.at = at;
  }

  /** Reads an instruction that changes or leads somewhere; false at the function's end. Short, too: what is rare is read elsewhere. */
  #more(): boolean {
    const reader = this.#reader;
    const { at } = reader;
    const code = reader.byte();
    this.units.count++;
    switch (code) {
      case 0x02: // block
      case 0x04: // if
        this.#block(code);
        break;
      case 0x0b: // end
        return this.#end(at);
      case 0x0c: // br
      case 0x0d: // br_if
        this.labels.height -= code - 0x0c;
        this.#label();
        this.labels.dead = code === 0x0c;
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
        this.#loop(at);
        break;
      case 0x06: // try
      case 0x1f: // try_table
        this.#try(code);
        break;
      case 0x05: // else
      case 0x07: // catch
      case 0x19: // catch_all
        this.#mustBeWithin();
        this.#otherwise(code);
        break;
      case 0x18: // delegate
        this.#mustBeWithin();
        this.#delegate(this.labels.end());
        break;
      case 0x0e: // br_table
        this.labels.height--;
        for (let left = reader.count(Infinity); left >= 0; left--) this.#label();
        this.labels.dead = true;
        break;
      case 0x08: // throw
      case 0x09: // rethrow
      case 0x0a: // throw_ref
        this.leaves = true;
        this.labels.call();
        this.#edits.note(LEAVE, at, at, 1);
        if (code === 0x09) this.#label();
        else if (code === 0x08) this.labels.weight += EACH_WEIGHT * (1 + reader.pick(this.#outline.tags).params.length);
        this.labels.dead = true;
        break;
      case 0x0f: // return
        this.#edits.note(RETURN, at, reader.at, this.labels.depth);
        this.labels.dead = true;
        break;
      case 0x00: // unreachable
        this.labels.dead = true;
        break;
      case 0x12: // return_call
        this.#tail(at);
        this.#call();
        this.labels.dead = true;
        break;
      case 0x11: // call_indirect
      case 0x13: // return_call_indirect
        if (code === 0x13) this.#tail(at);
        this.labels.height--;
        this.#calls(reader.pick(this.#outline.types));
        reader.number();
        this.labels.dead = code === 0x13;
        break;
      case 0x25: // table.get
      case 0x26: // table.set
        reader.number();
        this.labels.call();
        break;
      case 0xd2: // ref.func
        // Elements, globals and exports came before. Nothing else makes it valid, and later our own exports would.
        if (!this.#outline.entered[this.operands.named(reader.at, UNNAMED)]) throw reader.error(INVALID);
        this.labels.call();
        this.labels.height++;
        break;
      case 0x40: // memory.grow
        this.#replace(at, GROW, [reader.number()]);
        break;
      case 0xfc:
        this.#bulk(at, reader.number());
        break;
      case 0xfd:
        this.labels.height += vector(reader, this.operands.shapes);
        break;
      case 0x1c: // select of a type
        this.labels.height -= 2;
        this.operands.types(reader.count(Infinity));
        break;
      case 0xd0: // ref.null
        this.labels.height++;
        this.operands.types(1);
        break;
      default:
        throw refused(`the instruction 0x${code.toString(16)}`);
    }
  }

  #call(): void {
    const index = this.operands.named(this.#reader.at, INDEX);
    this.#calls(this.#outline.types[this.#outline.functions[index]!]!);
    this.calls.push(this.units.current);
    this.calls.push(index);
  }

  #calls(type: FunctionType): void {
    this.#handOn(type);
    this.labels.call();
    this.labels.height += type.results.length - type.params.length;
    this.leaves = true;
  }

  #block(code: number): void {
    this.labels.height -= code >> 2;
    const type = this.#handOn(this.operands.blockType());
    if (code === 0x04) this.#region(this.labels.condition(type));
    else this.labels.block(type);
  }

  #try(code: number): void {
    const reader = this.#reader;
    const type = this.#handOn(this.operands.blockType());
    if (code === 0x1f) for (let left = reader.count(Infinity); left > 0; left--) {
      this.labels.weight += EACH_WEIGHT;
      if (reader.byte() < 2) {
        reader.number();
        this.units.count += HANDLER;
      }
      this.#label(ANYWHERE);
    }
    this.catches = code;
    this.labels.block(type);
  }

  #otherwise(code: number): void {
    if (code === 0x07) this.#region(this.labels.otherwise(HANDLER, this.#reader.pick(this.#outline.tags)));
    else this.#region(this.labels.otherwise(0, code === 0x05 ? undefined : NONE));
  }

  #end(at: number): boolean {
    const labels = this.labels;
    if (labels.depth === 0) {
      this.units.end();
      this.#edits.note(CLOSE, at, at, 0);
      return false;
    }
    const { ending } = labels;
    const before = ending >= 0 && this.#loopEnds(at, ending, this.#begins[labels.depth]!);
    this.#region(labels.end());
    if (before) this.units.count += BEFORE;
    return true;
  }

  #loop(at: number): void {
    const reader = this.#reader;
    const type = this.operands.blockType();
    const cycle = this.labels.loop(type);
    this.#handOn(type);
    this.loops++;
    this.#edits.note(LOOP, at, reader.at, cycle);
    this.#begins[this.labels.depth] = reader.bytes[at + 1] === VOID ? reader.at : -Infinity;
  }

  /** Gives whether a variable counts it, and is compared before the first round. */
  #loopEnds(at: number, cycle: number, begins: number): boolean | undefined {
    this.#edits.note(END, at, at, cycle);
    const found = at - begins < SHORT ? counted(this.#reader, this.operands.shapes, begins, at) : undefined;
    this.#reader.at = at + 1;
    if (found) this.units.counted.set(cycle, found);
    return found?.before;
  }

  /** The block that ended says where goes what was thrown in it: to a label around it. */
  #delegate(unit: number): void {
    this.#label();
    this.#region(unit);
  }

  #region(unit: number): void {
    const { at } = this.#reader;
    this.#edits.note(REGION, at, at, unit);
  }

  /** What only stands in a block would otherwise belong to the one that is put around a function. */
  #mustBeWithin(): void {
    if (this.labels.depth === 0) throw this.#reader.error(INVALID);
  }

  #tail(at: number): void {
    this.#edits.note(LEAVE, at, at, 0);
    this.call = 0x12;
  }

  #label(from = this.units.current): void {
    const reader = this.#reader;
    const { at } = reader;
    const index = reader.number();
    if (index > this.labels.depth) throw reader.error(`label ${index} is unknown`);
    const passed = this.labels.branch(index, from);
    if (passed > 0) this.#edits.note(LABEL, at, reader.at, index, passed);
  }

  /** Values that stay where they are cost nothing, but a jump may move them all. */
  #handOn(type: FunctionType): FunctionType {
    const units = (type.params.length + type.results.length) >> VALUES;
    this.units.count += units;
    this.labels.weight += units << HANDED_WEIGHT;
    return type;
  }

  #bulk(at: number, code: number): void {
    const reader = this.#reader;
    if (code < 8) return void (this.labels.weight += EACH_WEIGHT); // conversions
    const first = reader.number();
    if (code === 16) this.labels.height++; // table.size
    if (code === 9 || code === 13 || code === 16) return; // data.drop, elem.drop
    if (code > 17) throw refused(`the instruction 0xfc ${code}`);
    // Initialisers and copies name what they read from, too.
    this.#replace(at, code, (code & 1) > 0 ? [first] : [first, reader.number()]);
    this.labels.height -= code === 15 ? 1 : 3;
  }

  #replace(at: number, code: number, operands: readonly number[]): void {
    this.labels.call();
    this.#edits.note(CALL, at, this.#reader.at, this.#helpers.index(code, operands));
    this.#reader.bound(this.#helpers.list.length, MAX_HELPERS);
  }
}
