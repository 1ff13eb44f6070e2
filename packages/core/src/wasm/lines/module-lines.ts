import { tagOf, type WasmModule } from "../engine.ts";
import type { Policy } from "../harden/index.ts";
import { RESERVED } from "../harden/reserved.ts";
import { functionNames } from "../names.ts";
import type { Read, Told } from "./read-built.ts";
import type { Rows } from "./rows.ts";
import { customSections } from "./sections.ts";

/** Bytes of names that are read. */
const MOST_NAMES = 1 << 20;

/**
 * Where in its source the code of one module comes from. It keeps the module's bytes until somebody asks, and then no more
 * than rows: most plugins never trap. Nothing here throws: what a module says of its lines is as hostile as the rest of it,
 * and what is broken says nothing.
 */
export class ModuleLines {
  /** Functions that the module imports, with what hardening adds. */
  readonly #imported: number;
  readonly #hardened: boolean;
  #names: ReadonlyMap<number, string> | undefined;
  /** Others are there, whose frames must not be taken for this one's, nor its own for theirs. */
  readonly #beside: boolean;
  /** The names are those of the module before it was hardened. */
  readonly #named: boolean;
  readonly #reading: Read;
  /** Until somebody asks. */
  #kept: Told | undefined;
  #rows: Rows | undefined;
  #starts: readonly number[] = [];
  #helpers: readonly [from: number, to: number] = [0, 0];

  /**
   * @param read reads what is kept: `readBytes`, or `readBuilt` where there are never any
   * @param module the module, or what stands for it where it is compiled elsewhere
   * @param imported functions that the plugin imports
   * @param map the application's own source map of it
   * @param bytes as they were loaded, and what they are hardened by, if they are
   * @param beside the plugin is of more modules than this one
   */
  constructor(read: Read, module: WasmModule, imported: number, map: unknown, bytes?: Uint8Array, policy?: Policy, beside = false) {
    this.#beside = beside;
    this.#reading = read;
    let sections: Told["sections"] = () => undefined;
    try {
      const found = bytes && customSections(bytes);
      if (found) sections = (name) => found.get(name);
      else if (tagOf(module) === "WebAssembly.Module") sections = (name) => sectionOf(module, name);
    } catch {
      // A plugin that could be compiled all the same, and has no lines.
    }
    this.#hardened = bytes ? policy !== undefined : sections(RESERVED) !== undefined;
    this.#named = bytes !== undefined;
    this.#imported = imported + (this.#hardened ? 1 : 0);
    // What was hardened elsewhere is no longer where a map of the module as it was says.
    const own = this.#hardened && !bytes ? undefined : map;
    if (beside || own !== undefined || (bytes && sections(".debug_line")) || sections("sourceMappingURL")) this.#kept = { map: own, sections, bytes, policy };
  }

  /** The number that a function has in the module as its author knows it. */
  number(index: number): number {
    return this.#hardened && index >= this.#imported ? index - 1 : index;
  }

  /** What its author calls it. */
  #name(index: number): string | undefined {
    return this.#names?.get(this.#named ? this.number(index) : index);
  }

  /**
   * The function that an engine means, and the place in its source; undefined where it can be none of this module's, and
   * where of this one nothing is known and it is the only one.
   *
   * @param index of the function, as the engine counts. Deno says 0 of all, so that there its offset must do
   * @param named what the engine calls it, if it does
   */
  find(index: number, named: string | undefined, offset: number): { readonly name: string; readonly place: string | undefined } | undefined {
    this.#read();
    if (!this.#rows && !this.#beside) return undefined;
    const own = this.#starts.length > 0 ? this.#within(offset) : index - this.#imported;
    const real = index === 0 || own + this.#imported === index;
    if (!real || (own < 0 && this.#starts.length > 0)) return undefined;
    const known = own < 0 || (index === 0 && this.#starts.length === 0) ? undefined : this.#name(own + this.#imported);
    // V8 puts the module's name before it, where it has one.
    if (known !== undefined && named !== known && !named?.endsWith(`.${known}`)) return undefined;
    return { name: known ?? named ?? `function ${this.number(own + this.#imported)}`, place: this.#rows?.text(offset) };
  }

  /** The function that the offset is in, not counting those that are imported; −1 for none, and for what hardening added. */
  #within(offset: number): number {
    const starts = this.#starts;
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (starts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    const [from, to] = this.#helpers;
    return low === starts.length || (low > from && low <= to) ? -1 : low - 1;
  }

  #read(): void {
    const kept = this.#kept;
    this.#kept = undefined;
    if (!kept) return;
    try {
      const { rows, starts, helpers } = this.#reading(kept);
      this.#rows = rows?.trim();
      this.#starts = starts;
      if (helpers) this.#helpers = helpers;
      const names = kept.sections("name");
      if (names && names.length <= MOST_NAMES) this.#names = functionNames(names, { custom: [{ id: 0, name: "name", offset: 0, size: names.length }] });
    } catch {
      // Broken, or too much of it: no lines.
    }
  }
}

function sectionOf(module: WasmModule, name: string): Uint8Array | undefined {
  const [section] = WebAssembly.Module.customSections(module, name);
  return section && new Uint8Array(section);
}
