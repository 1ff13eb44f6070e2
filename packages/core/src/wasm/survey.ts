import { MAX_FEATURES } from "./bounds.ts";
import { read } from "./inspect.ts";
import { Reader } from "./reader.ts";
import { enter } from "./sections.ts";
import type { Section, Survey } from "./types.ts";

/** By id, what the specification calls a section. */
const NAMES = ["custom", "type", "import", "function", "table", "memory", "global", "export", "start", "element", "code", "data", "data count", "tag"];
const START = 8;
const TAGS = 13;

/**
 * What else a module tells of itself, for people and tools: loading needs none of it. Features are the proposals that
 * its types and sections show, and those that its `target_features` section names; no code is read.
 *
 * @throws `bad_module`
 */
export function survey(bytes: Uint8Array): Survey {
  const reader = new Reader(bytes);
  const { framed, inspected } = read(reader);
  const features = new Set([...reader.marks].flatMap(shownBy));
  if (inspected.memories.length > 1) features.add("multi-memory");
  if (inspected.imports.some(({ kind }) => kind === "tag") || framed.some(({ id }) => id === TAGS)) features.add("exceptions");

  const sections = framed.map((section): Section => (section.id === 0 ? named(reader, section) : { ...section, name: NAMES[section.id]! }));
  const custom = sections.filter(({ id }) => id === 0);
  for (const section of custom) if (section.name === "target_features") declared(reader, section, features);
  return { start: framed.some(({ id }) => id === START), features: [...features].sort(), custom, sections };
}

/** The proposals of a value type, of the form of a type, or of the flags of a memory or table. */
function shownBy(mark: number): string[] {
  if (mark >= 0x100) return [...(mark & 2 ? ["shared-memory"] : []), ...(mark & 4 ? ["memory64"] : [])];
  if (mark === 0x7b) return ["simd"];
  if (mark === 0x6f) return ["reference-types"];
  if (mark === 0x69) return ["exceptions"];
  if (mark === 0) return ["multi-value"];
  // Numbers and functions are as old as WebAssembly, and so are tables of funcref.
  return mark > 0x7b || mark === 0x70 || mark === 0x60 ? [] : ["gc"];
}

function named(reader: Reader, { id, offset, size }: Omit<Section, "name">): Section {
  reader.where = "custom section";
  enter(reader, offset, size);
  const name = reader.name();
  return { id, name, offset: reader.at, size: reader.end - reader.at };
}

/** What the toolchain says it used. A custom section may hold anything, so a broken one is no error. */
function declared(reader: Reader, { offset, size }: Section, features: Set<string>): void {
  reader.where = "custom section";
  enter(reader, offset, size);
  try {
    reader.list(MAX_FEATURES, () => {
      const used = reader.byte() === 0x2b;
      const name = reader.name();
      if (used) features.add(name);
    });
  } catch {
    // What was read up to here counts.
  }
}
