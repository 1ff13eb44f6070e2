import { decodeLossy } from "../../memory/text.ts";
import { Reader } from "../reader.ts";
import type { Code } from "./code.ts";
import { dwarfRows } from "./dwarf.ts";
import type { Rows } from "./rows.ts";
import { mapIn, mapRows } from "./source-map.ts";

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/** What tells where a module's code comes from. */
export interface Told {
  /** The application's own source map of it. */
  readonly map?: unknown;
  readonly sections: (name: string) => Uint8Array | undefined;
}

/** Whether something tells. Without the code, what counts from its beginning says nothing. */
export function tells({ map, sections }: Told, code: boolean): boolean {
  return map !== undefined || (code && sections(".debug_line") !== undefined) || sections("sourceMappingURL") !== undefined;
}

/** By the application's map, by what the compiler wrote for debuggers, or by a map in the module itself. */
export function rowsOf({ map, sections }: Told, code: Code | undefined): Rows | undefined {
  if (map !== undefined) return mapRows(map);
  const line = sections(".debug_line");
  if (line && code) return dwarfRows({ line, lineStr: sections(".debug_line_str") ?? NOTHING, str: sections(".debug_str") ?? NOTHING }, code);
  const address = sections("sourceMappingURL");
  const json = address && mapIn(nameIn(address));
  return json === undefined ? undefined : mapRows(json);
}

/** The section holds one name. */
function nameIn(section: Uint8Array): string {
  const reader = new Reader(section);
  const from = reader.skip(reader.count(Infinity));
  return decodeLossy(section.slice(from, reader.at));
}
