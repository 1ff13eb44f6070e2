import { MAX_EXPORTS, MAX_FEATURES, MAX_FUNCTIONS, MAX_IMPORTS, MAX_MEMORIES } from "./bounds.ts";
import { Reader } from "./reader.ts";
import type { Export, FunctionType, Import, Inspected, Kind, MemoryType, Section } from "./types.ts";
import { field, limits, typeSection, valueType } from "./typing.ts";

/** In the order that they have in a module; custom ones may stand anywhere. */
const SECTIONS = ["custom", "type", "import", "function", "table", "memory", "tag", "global", "export", "start", "element", "data count", "code", "data"];
/** Where in it each stands, by its id. */
const PLACES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6];
/** By code. */
const KINDS: readonly Kind[] = ["function", "table", "memory", "global", "tag"];

/**
 * Reads what a binary says about itself, in time and space linear in its size and within the bounds of bounds.ts.
 * It takes apart what names and types things, and steps over code, data and initialisers. What it accepts keeps the
 * binary format as far as it was read; whether it is valid, the engine says.
 *
 * ```text
 * 00 61 73 6D 01 00 00 00 │ id, size, contents … │ id, size, contents … │ …
 * ```
 *
 * @throws `bad_module`
 */
export function inspect(bytes: Uint8Array): Inspected {
  const reader = new Reader(bytes);
  const { features } = reader;
  const sections: Section[] = [];
  const functions: FunctionType[] = [];
  const memories: MemoryType[] = [];
  let types: readonly (FunctionType | undefined)[] = [];
  let imports: Import[] = [];
  let exports: Export[] = [];
  let start = false;

  const addFunction = (): FunctionType => {
    const type = reader.pick(types, reader.number());
    functions.push(type);
    return type;
  };
  const addMemory = (): MemoryType => {
    const memory = limits(reader);
    if (memories.push(memory) > 1) features.add("multi-memory");
    return memory;
  };
  const imported = (): Import => {
    const module = reader.name();
    const name = reader.name();
    const code = reader.byte();
    const kind = reader.pick(KINDS, code);
    if (code & 1) valueType(reader);
    if (code === 1) limits(reader);
    if (code === 3) reader.byte();
    if (code === 4) {
      features.add("exceptions");
      reader.byte();
      reader.number();
    }
    return { module, name, kind, type: code ? undefined : addFunction(), memory: code === 2 ? addMemory() : undefined };
  };
  const names = new Set<string>();
  const exported = (): Export => {
    const name = reader.name();
    if (names.has(name)) throw reader.error(`two are called ${JSON.stringify(name)}`);
    names.add(name);
    const code = reader.byte();
    const kind = reader.pick(KINDS, code);
    const index = reader.number();
    return { name, kind, type: code ? undefined : reader.pick(functions, index), memory: code === 2 ? reader.pick(memories, index) : undefined };
  };
  const read = (id: number): void => {
    if (id === 1) types = typeSection(reader);
    else if (id === 2) imports = reader.list(MAX_IMPORTS, imported);
    else if (id === 3) reader.list(MAX_FUNCTIONS, addFunction);
    else if (id === 5) reader.list(MAX_MEMORIES, addMemory);
    else if (id === 7) exports = reader.list(MAX_EXPORTS, exported);
    else if (id === 8) start = !!reader.pick(functions, reader.number());
    else {
      if (id === 13) features.add("exceptions");
      reader.at = reader.end;
    }
  };

  const head = String.fromCharCode(...bytes.subarray(0, 8));
  const form = head === "\0asm\x01\0\0\0" ? "module" : head === "\0asm\r\0\x01\0" ? "component" : undefined;
  if (!form) throw reader.error(`it begins with ${JSON.stringify(head)}`);
  reader.at = 8;
  let last = 0;
  while (form === "module" && reader.at < bytes.length) {
    const id = reader.byte();
    const place = reader.pick(PLACES, id);
    let name = SECTIONS[place]!;
    reader.where = `${name} section`;
    if (id) {
      if (place <= last) throw reader.error("it is misplaced");
      last = place;
    }
    const size = reader.count(Infinity);
    const end = (reader.end = reader.at + size);
    if (!id) name = reader.name();
    const offset = reader.at;
    sections.push({ id, name, offset, size: end - offset });
    if (name === "target_features") targetFeatures(reader);
    read(id);
    if (reader.at < end) throw reader.error("it is too long");
    reader.end = bytes.length;
  }
  return { form, size: bytes.length, imports, exports, memories, start, features: [...features], custom: sections.filter(({ id }) => !id), sections };
}

/** What a compiled Module still tells: names and kinds, no types; all that its bytes would tell is left empty. */
export function inspectModule(module: WebAssembly.Module): Inspected {
  const { imports, exports } = WebAssembly.Module;
  // Field by field, because engines that reflect types put a `type` of another shape there.
  const bare = (items: object[]) => items.map(({type, ...item}: any) => item);
  return { form: "module", imports: bare(imports(module)), exports: bare(exports(module)), memories: [], start: false, features: [], custom: [], sections: [] };
}

/** What the toolchain says it used. A custom section may hold anything, so a broken one is no error. */
function targetFeatures(reader: Reader): void {
  try {
    reader.list(MAX_FEATURES, () => {
      const used = reader.byte() === 0x2b;
      const name = reader.name();
      if (used) reader.features.add(name);
    });
  } catch {
    return;
  }
}
