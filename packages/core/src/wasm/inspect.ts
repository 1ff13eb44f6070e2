import { MAX_EXPORTS, MAX_FEATURES, MAX_FUNCTIONS, MAX_IMPORTS, MAX_MEMORIES, MAX_TYPES } from "./bounds.ts";
import { EXPORTS, FEATURES, FUNCTIONS, IMPORTS, MEMORIES, START, TAGS, TYPES } from "./ids.ts";
import { Reader } from "./reader.ts";
import { walk } from "./sections.ts";
import type { Export, FunctionType, Import, Inspected, Kind, MemoryType, Section } from "./types.ts";
import { limits, typeEntry, valueType } from "./typing.ts";

/** By code. */
const KINDS: readonly Kind[] = ["function", "table", "memory", "global", "tag"];

/**
 * Reads what a binary says about itself, in time and space linear in its size and within the bounds of bounds.ts. It
 * takes apart what names and types things, and steps over code, data and initialisers. What it accepts keeps the
 * binary format as far as it was read; whether it is valid, the engine says.
 *
 * @throws `bad_module`
 */
export function inspect(bytes: Uint8Array): Inspected {
  const reader = new Reader(bytes);
  const { features } = reader;
  const form = header(reader);
  const sections: Section[] = [];
  const known = form === "module" ? walk(reader, sections) : [];

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
    if (memories.push(memory) > 1) features.add("multi-memory");
    return memory;
  };
  const list = <T>(id: number, limit: number, read: () => T): T[] => {
    const section = known[id];
    if (!section) return [];
    reader.where = `${section.name} section`;
    reader.at = section.offset;
    reader.end = section.offset + section.size;
    const items = reader.list(limit, read);
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
    if (kind === "tag") {
      features.add("exceptions");
      reader.byte();
      reader.number();
    } else {
      valueType(reader);
      if (kind === "table") limits(reader);
      else reader.byte();
    }
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
  if (known[TAGS]) features.add("exceptions");
  try {
    list(FEATURES, MAX_FEATURES, () => {
      const used = reader.byte() === 0x2b;
      const name = reader.name();
      if (used) features.add(name);
    });
  } catch {
    // What the toolchain says it used. A custom section may hold anything, so a broken one is no error.
  }
  return {
    form,
    size: bytes.length,
    imports,
    exports,
    memories,
    start: !!known[START],
    features: [...features],
    custom: sections.filter(({ id }) => !id),
    sections,
  };
}

function header(reader: Reader): Inspected["form"] {
  const head = String.fromCharCode(...reader.bytes.subarray(0, 8));
  if (head === "\0asm\x01\0\0\0") return "module";
  if (head === "\0asm\r\0\x01\0") return "component";
  throw reader.error(`it begins with ${JSON.stringify(head)}`);
}

/** What a compiled Module still tells: names and kinds, no types. All else that its bytes would tell is left empty. */
export function inspectModule(module: WebAssembly.Module): Inspected {
  const { imports, exports } = WebAssembly.Module;
  return { form: "module", imports: imports(module).map(bare), exports: exports(module).map(bare), memories: [], start: false, features: [], custom: [], sections: [] };
}

/** Engines that reflect types put a `type` of another shape there. */
function bare<T extends object>({ type: _, ...item }: T & { type?: unknown }): T & { kind: Kind } {
  return item as never;
}
