import { encode } from "../../memory/text.ts";
import { leb, sized, type Code } from "./code.ts";

/** Value types as a list of words, such as `"i32 i64"`. */
type Types = string;

export interface Func {
  readonly params?: Types;
  readonly results?: Types;
  readonly locals?: Types;
  readonly body: Code;
  /** Its name as an export. */
  readonly as?: string;
}

/** What a module is made of. Indices of functions count the imports first. */
export interface Shape {
  readonly imports?: readonly { readonly module: string; readonly name: string; readonly params?: Types; readonly results?: Types }[];
  /** Pages at first and at most. Exported as `memory`. */
  readonly memory?: readonly [least: number, most?: number];
  /** Elements, of funcref. Exported as `table` where asked for. */
  readonly table?: readonly [least: number, most?: number];
  /** Globals of i32. */
  readonly globals?: readonly number[];
  readonly functions?: readonly Func[];
  /** Beyond those of `as` and the memory. */
  readonly exports?: readonly { readonly name: string; readonly kind: number; readonly index: number }[];
  /** A function that runs when the module is instantiated. */
  readonly start?: number;
  /** Written at the beginning of memory. */
  readonly data?: readonly [at: number, bytes: string | readonly number[]];
  readonly custom?: readonly { readonly name: string; readonly contents: readonly number[] }[];
  /** Sections as bytes, in place of those that the above would give, by id. */
  readonly raw?: Readonly<Record<number, readonly number[]>>;
}

const VALUES: Readonly<Record<string, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b, funcref: 0x70, externref: 0x6f };
/** Sections in the order of the format. */
const ORDER = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11];
export const HEADER: readonly number[] = [0, 97, 115, 109, 1, 0, 0, 0];

/** Makes a module, valid or not: nothing here checks what it is asked for. */
export function build(shape: Shape): Uint8Array {
  const { imports = [], functions = [], globals = [], exports = [], memory, table, start, data, custom = [], raw = {} } = shape;
  const typed = [...imports, ...functions];
  const own = exports.map(({ name, kind, index }) => [...text(name), kind, ...leb(index)]);
  functions.forEach(({ as }, at) => {
    if (as !== undefined) own.push([...text(as), 0, ...leb(imports.length + at)]);
  });
  if (memory) own.push([...text("memory"), 2, 0]);
  const sections: Record<number, readonly number[] | Uint8Array> = {
    1: list(typed.map(({ params, results }) => [0x60, ...sized(types(params)), ...sized(types(results))])),
    2: list(imports.map(({ module, name }, at) => [...text(module), ...text(name), 0, ...leb(at)])),
    3: list(functions.map((_, at) => leb(imports.length + at))),
    4: table ? list([[0x70, ...limits(table)]]) : [],
    5: memory ? list([limits(memory)]) : [],
    6: list(globals.map((value) => [0x7f, 1, 0x41, ...leb(value, 2), 0x0b])),
    7: list(own),
    8: start === undefined ? [] : leb(start),
    10: bodies(functions),
    11: data ? list([[0, 0x41, ...leb(data[0], 2), 0x0b, ...sized(typeof data[1] === "string" ? encode(data[1]) : data[1])]]) : [],
    ...raw,
  };
  const parts: (readonly number[] | Uint8Array)[] = [HEADER];
  for (const id of ORDER) {
    const contents = sections[id] ?? [];
    if (contents.length > 0) parts.push([id, ...leb(contents.length)], contents);
  }
  for (const { name, contents } of custom) parts.push(section(0, [...text(name), ...contents]));
  return join(parts);
}

/** One section, framed. */
export function section(id: number, contents: readonly number[]): number[] {
  return [id, ...leb(contents.length), ...contents];
}

export function text(value: string): number[] {
  return sized(encode(value));
}

export function list(items: readonly (readonly number[])[]): number[] {
  return items.length === 0 ? [] : [...leb(items.length), ...items.flat()];
}

export function join(parts: readonly (readonly number[] | Uint8Array)[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function types(words: Types = ""): number[] {
  return words.split(" ").filter((word) => word !== "").map((word) => VALUES[word]!);
}

function limits([least, most]: readonly [number, number?]): number[] {
  return most === undefined ? [0, ...leb(least)] : [1, ...leb(least), ...leb(most)];
}

function bodies(functions: readonly Func[]): Uint8Array | number[] {
  if (functions.length === 0) return [];
  const parts: (readonly number[] | Uint8Array)[] = [leb(functions.length)];
  for (const { locals, body } of functions) {
    const declared = types(locals).map((type) => [1, type]);
    const head = [...leb(declared.length), ...declared.flat()];
    const code: number[] = [];
    flatten(body, code);
    parts.push(leb(head.length + code.length + 1), head, code, [0x0b]);
  }
  return join(parts);
}

function flatten(code: Code, into: number[]): void {
  for (const item of code) {
    if (typeof item === "number") into.push(item);
    else flatten(item, into);
  }
}
