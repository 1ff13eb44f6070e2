import { decodeLossy } from "../../memory/text.ts";
import { tagOf, type WasmModule } from "../engine.ts";
import type { Policy } from "../harden/index.ts";
import { RESERVED } from "../harden/reserved.ts";
import { functionNames } from "../names.ts";
import { Reader } from "../reader.ts";
import { carried } from "./carry.ts";
import { codeOf, type Code } from "./code.ts";
import { dwarfRows } from "./dwarf.ts";
import { movesOf } from "./moves.ts";
import type { Rows } from "./rows.ts";
import { customSections } from "./sections.ts";
import { mapIn, mapRows } from "./source-map.ts";

/** Bytes of names that are kept. */
const MOST_NAMES = 1 << 20;
const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/** What is kept until it is asked for the first time. */
interface Kept {
  /** The module as it was loaded; absent of one that was compiled already. */
  readonly bytes?: Uint8Array | undefined;
  /** What it is hardened by. */
  readonly policy?: Policy | undefined;
  readonly map?: unknown;
  readonly sections: (name: string) => Uint8Array | undefined;
}

/**
 * Where in its source the code of one module comes from. It keeps the module's bytes until somebody asks, and then no more
 * than rows: most plugins never trap. Nothing here throws: what a module says of its lines is as hostile as the rest of it,
 * and what is broken says nothing.
 */
export class ModuleLines {
  /** Functions that the module imports, with what hardening adds. */
  readonly #imported: number;
  readonly #hardened: boolean;
  readonly #names: Uint8Array = NOTHING;
  #kept: Kept | undefined;
  #rows: Rows | undefined;
  #starts: readonly number[] = [];

  /**
   * @param module the module, or what stands for it where it is compiled elsewhere
   * @param imported functions that the plugin imports
   * @param map the application's own source map of it
   * @param bytes as they were loaded, and what they are hardened by, if they are
   */
  constructor(module: WasmModule, imported: number, map: unknown, bytes?: Uint8Array, policy?: Policy) {
    let sections: Kept["sections"] = () => undefined;
    try {
      const found = bytes && customSections(bytes);
      if (found) sections = (name) => found.get(name);
      else if (tagOf(module) === "WebAssembly.Module") sections = (name) => sectionOf(module, name);
    } catch {
      // A plugin that could be compiled all the same, and has no lines.
    }
    this.#hardened = bytes ? policy !== undefined : sections(RESERVED) !== undefined;
    this.#imported = imported + (this.#hardened ? 1 : 0);
    const names = sections("name");
    if (names && names.length <= MOST_NAMES) this.#names = names.slice();
    // What was hardened elsewhere is no longer where a map of the module as it was says.
    const own = this.#hardened && !bytes ? undefined : map;
    if (own !== undefined || (bytes && sections(".debug_line")) || sections("sourceMappingURL")) this.#kept = { bytes, policy, map: own, sections };
  }

  /** The number that a function has in the module as its author knows it. */
  number(index: number): number {
    return this.#hardened && index >= this.#imported ? index - 1 : index;
  }

  /** What its author calls it. */
  name(index: number): string | undefined {
    return functionNames(this.#names, { custom: [{ id: 0, name: "name", offset: 0, size: this.#names.length }] }).get(this.number(index));
  }

  /** Whether an engine may mean this module by a function of this number and name, at this offset. */
  holds(index: number, name: string | undefined, offset: number): boolean {
    this.#read();
    const own = index - this.#imported;
    const [from, to] = [this.#starts[own], this.#starts[own + 1]];
    if (this.#starts.length > 0 && !(from! <= offset && offset < to!)) return false;
    const known = this.name(index);
    // V8 puts the module's name before it, where it has one.
    return own >= 0 && (known === undefined || name === undefined || name === known || name.endsWith(`.${known}`));
  }

  /** `digit.c:12:5`, or undefined where nobody says. */
  place(offset: number): string | undefined {
    this.#read();
    return this.#rows?.text(offset);
  }

  #read(): void {
    const kept = this.#kept;
    this.#kept = undefined;
    if (!kept) return;
    try {
      const { bytes, policy } = kept;
      const code = bytes && codeOf(bytes);
      const moves = bytes && policy && movesOf(bytes, policy);
      this.#starts = (moves ?? code)?.starts ?? [];
      const rows = rowsOf(kept, code);
      this.#rows = (rows && moves ? carried(rows, moves) : rows)?.trim();
    } catch {
      // Broken, or too much of it: no lines.
    }
  }
}

/** The application's map, what the compiler wrote for debuggers, or a map in the module itself. */
function rowsOf({ map, sections }: Kept, code: Code | undefined): Rows | undefined {
  if (map !== undefined) return mapRows(map);
  const line = sections(".debug_line");
  if (line && code) return dwarfRows({ line, lineStr: sections(".debug_line_str") ?? NOTHING, str: sections(".debug_str") ?? NOTHING }, code);
  const address = sections("sourceMappingURL");
  const json = address && mapIn(addressIn(address));
  return json === undefined ? undefined : mapRows(json);
}

/** The section holds one name. */
function addressIn(section: Uint8Array): string {
  const reader = new Reader(section);
  const from = reader.skip(reader.count(Infinity));
  return decodeLossy(section.slice(from, reader.at));
}

function sectionOf(module: WasmModule, name: string): Uint8Array | undefined {
  const [section] = WebAssembly.Module.customSections(module, name);
  return section && new Uint8Array(section);
}
