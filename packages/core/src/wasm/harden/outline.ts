import { failure, type IsopodError } from "../../errors.ts";
import { MAX_FUNCTIONS, MAX_IMPORTS, MAX_MEMORIES, MAX_SIGNATURES, MAX_TABLES, MAX_THROWN, MAX_TYPES } from "../bounds.ts";
import type { Reader } from "../reader.ts";
import { enter, type Framed } from "../sections.ts";
import type { FunctionType } from "../types.ts";
import { limits, typeEntry, valueType } from "../typing.ts";
import { mustBeAllowed, PAGE, refused, type Policy } from "./policy.ts";
import { isReserved, RESERVED } from "./reserved.ts";

/** What no engine accepts, but might after rewriting. */
export const INVALID = "it is not valid";

/** A bound of a memory or table, where it stands in the file. */
export interface Bound {
  readonly from: number;
  readonly to: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** What a module consists of, but for its code: the spaces that indices point into, and which functions may be entered unnamed. */
export class Outline {
  readonly types: FunctionType[] = [];
  /** The type of each function, imported ones first. */
  readonly functions: number[] = [];
  /** Functions that are imported. */
  imported = 0;
  /** By table, the code of its elements' type. */
  readonly tables: number[] = [];
  readonly bounds: Record<4 | 5, Bound[]> = { 4: [], 5: [] };
  /** What all of them have at first. */
  readonly least: Record<4 | 5, number> = { 4: 0, 5: 0 };
  globals = 0;
  /** What exceptions hand on, by tag. */
  readonly tags: FunctionType[] = [];
  /** By function: it may be entered without being named, from outside of the module or by an indirect call. */
  readonly entered: boolean[] = [];
  start: number | undefined;
}

/** A section's entries, in bounds and of types that are allowed. */
export function entries(reader: Reader, { id, offset, size }: Framed, limit: number, one: () => void): void {
  enter(reader, offset, size);
  reader.where = `section ${id}`;
  reader.list(limit, one);
  mustEnd(reader);
  mustBeAllowed(reader.marks);
}

/** What came behind would afterwards run into what is added. */
export function mustEnd(reader: Reader): void {
  if (reader.at < reader.end) throw reader.error(INVALID);
}

/** Reads the sections that say what there is; the ones that hold expressions come later. */
export function outline(reader: Reader, framed: readonly Framed[], policy: Policy): Outline {
  const found = new Outline();
  const add = (): void => {
    const index = reader.number();
    reader.pick(found.types, index);
    found.functions.push(index);
    found.entered.push(false);
  };
  const table = (): void => {
    const code = reader.bytes[reader.at]!;
    // 0x40: what the table begins with follows, for elements that must not be null.
    if (code === 0x40 || valueType(reader) === "ref") throw refused(code === 0x69 ? "exceptions in tables" : "garbage collection");
    found.tables.push(code);
  };
  const bound = (id: 4 | 5, unit: number, cap: number, name: "memory" | "tables"): void => {
    const from = reader.at;
    const { minimum, maximum } = limits(reader);
    const most = 2 ** 32 / unit;
    // Capped, it would be valid.
    if (maximum! > most) throw reader.error(INVALID);
    const capped = Math.floor(cap / unit);
    const used = (found.least[id] += minimum) * unit;
    if (used > cap) throw failure("limit", `the plugin wants ${used} for limits.${name}, which is ${cap}`, { limit: name, used, cap });
    found.bounds[id].push({ from, to: reader.at, minimum, maximum: Math.min(maximum ?? Infinity, capped < most ? capped : Infinity) });
  };
  const tag = (): void => {
    reader.byte();
    const type = reader.pick(found.types);
    reader.bound(type.params.length, MAX_THROWN);
    found.tags.push(type);
  };
  const read: Record<number, [limit: number, one: () => void]> = {
    1: [MAX_SIGNATURES, () => {
      const [type] = typeEntry(reader, MAX_TYPES);
      // What is no function is refused below, by what the reader has marked, and so is a group.
      found.types.push(type ?? { params: [], results: [] });
    }],
    2: [MAX_IMPORTS, () => {
      const [module, name] = [reader.name(), reader.name()];
      // Of another module of the plugin it could have what that one exports for its host.
      if (module === RESERVED || isReserved(name)) throw reserved(`imports "${module}.${name}"`);
      const kind = reader.byte();
      if (kind === 0) found.imported = found.functions.length + 1;
      if (kind === 0) add();
      else if (kind === 1) {
        table();
        limits(reader);
      } else if (kind === 2) limits(reader);
      else if (kind === 3) {
        valueType(reader);
        reader.byte();
        found.globals++;
      } else tag();
    }],
    3: [MAX_FUNCTIONS, add],
    4: [MAX_TABLES, () => {
      table();
      bound(4, 1, policy.tables, "tables");
    }],
    5: [MAX_MEMORIES, () => bound(5, PAGE, policy.memory, "memory")],
    13: [MAX_TYPES, tag],
  };
  for (const section of framed) {
    const how = read[section.id];
    if (how) entries(reader, section, ...how);
    if (section.id === 6) {
      enter(reader, section.offset, section.size);
      found.globals += reader.number();
    }
  }
  return found;
}

/** For the caller to throw. */
export function reserved(what: string): IsopodError {
  return failure("bad_module", `the plugin ${what}, a name that is reserved: choose another`, { what });
}
