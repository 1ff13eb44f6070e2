import { MAX_EXPORTS, MAX_FUNCTIONS, MAX_IMPORTS, MAX_MEMORIES, MAX_TYPES } from "./bounds.ts";
import { Reader } from "./reader.ts";
import { enter, walk, type Framed } from "./sections.ts";
import type { Export, FunctionType, Import, Inspected, Kind, MemoryType } from "./types.ts";
import { limits, typeEntry, valueType } from "./typing.ts";

/** By code. */
const KINDS: readonly Kind[] = ["function", "table", "memory", "global", "tag"];

/** Ids of the sections that are looked into. */
const TYPES = 1;
const IMPORTS = 2;
const FUNCTIONS = 3;
const MEMORIES = 5;
const EXPORTS = 7;

/**
 * Reads what loading needs to know of a binary, in time and space linear in its size and within the bounds of
 * bounds.ts. It takes apart what names and types things, and steps over code, data and initialisers. What it accepts
 * keeps the binary format as far as it was read; whether it is valid, the engine says.
 *
 * @throws `bad_module`
 * @example const { form, imports, exports } = inspect(await readFile("plugin.wasm"));
 */
export function inspect(bytes: Uint8Array): Inspected {
  return read(new Reader(bytes)).inspected;
}

/** The same, with what the reader has come across. */
export function read(reader: Reader): { inspected: Inspected; framed: Framed[] } {
  const size = reader.end;
  const form = header(reader);
  const framed = form === "module" ? walk(reader) : [];
  const types: (FunctionType | undefined)[] = [];
  const functions: FunctionType[] = [];
  const memories: MemoryType[] = [];
  const names = new Set<string>();

  const addFunction = (): FunctionType => {
    const type = reader.pick(types);
    functions.push(type);
    return type;
  };
  const addMemory = (): MemoryType => {
    const memory = limits(reader);
    memories.push(memory);
    return memory;
  };
  const list = <T>(wanted: number, limit: number, one: () => T): T[] => {
    const section = framed.find(({ id }) => id === wanted);
    if (!section) return [];
    reader.where = `section ${wanted}`;
    enter(reader, section.offset, section.size);
    const items = reader.list(limit, one);
    if (reader.at < reader.end) throw reader.error("it is too long");
    return items;
  };

  list(TYPES, MAX_TYPES, () => {
    for (const type of typeEntry(reader, MAX_TYPES - types.length)) types.push(type);
  });
  const imports = list(IMPORTS, MAX_IMPORTS, (): Import => {
    const module = reader.name();
    const name = reader.name();
    const kind = reader.pick(KINDS, reader.byte());
    // Spelled out, because spreading objects takes longer than all the rest of this.
    if (kind === "function") return { module, name, kind, type: addFunction() };
    if (kind === "memory") return { module, name, kind, memory: addMemory() };
    if (kind === "tag") reader.byte();
    else valueType(reader);
    if (kind === "table") limits(reader);
    else reader.number(); // whether a global can be written; the type of a tag
    return { module, name, kind };
  });
  list(FUNCTIONS, MAX_FUNCTIONS, addFunction);
  list(MEMORIES, MAX_MEMORIES, addMemory);
  const exports = list(EXPORTS, MAX_EXPORTS, (): Export => {
    const name = reader.name();
    if (names.has(name)) throw reader.error(`two are called ${JSON.stringify(name)}`);
    names.add(name);
    const kind = reader.pick(KINDS, reader.byte());
    const index = reader.number();
    if (kind === "function") return { name, kind, type: reader.pick(functions, index) };
    if (kind === "memory") return { name, kind, memory: reader.pick(memories, index) };
    return { name, kind };
  });
  return { inspected: { form, size, imports, exports, memories }, framed };
}

export function header(reader: Reader): Inspected["form"] {
  const head = String.fromCharCode(...reader.bytes.subarray(0, 8));
  if (head === "\0asm\x01\0\0\0") return "module";
  if (head === "\0asm\r\0\x01\0") return "component";
  throw reader.error(head === "" ? "it is empty" : `it begins with ${JSON.stringify(head)}`);
}
