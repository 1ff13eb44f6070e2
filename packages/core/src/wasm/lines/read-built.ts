import { decodeLossy } from "../../memory/text.ts";
import type { Policy } from "../harden/index.ts";
import { Reader } from "../reader.ts";
import type { Rows } from "./rows.ts";
import { mapIn, mapRows, MOST_MAP } from "./source-map.ts";

/** What tells where a module's code comes from, and what it takes to read it. */
export interface Told {
  /** The application's own source map of it. */
  readonly map?: unknown;
  readonly sections: (name: string) => Uint8Array | undefined;
  /** The module as it was loaded; absent of one that was compiled already. */
  readonly bytes?: Uint8Array | undefined;
  /** What it is hardened by. */
  readonly policy?: Policy | undefined;
}

export interface Found {
  readonly rows: Rows | undefined;
  /** Where each function of the module begins, as it runs, and the last of them ends; empty where nobody can know. */
  readonly starts: readonly number[];
  /** Which of them hardening added. */
  readonly helpers?: readonly [from: number, to: number] | undefined;
}

/** Reads what tells, once somebody asks. @throws whatever is thrown by what is broken */
export type Read = (told: Told) => Found;

/** Of a compiled module: maps alone, which count as stacks do. */
export const readBuilt: Read = ({ map, sections }) => {
  const own = ownRows(map);
  if (own) return { rows: own, starts: [] };
  const address = sections("sourceMappingURL");
  const json = address && mapIn(nameIn(address));
  return { rows: json === undefined ? undefined : mapRows(json), starts: [] };
};

/** The rows of the application's own map; undefined of what is none, such as what a linker calls a map: then the module is asked. */
export function ownRows(map: unknown): Rows | undefined {
  if (map === undefined) return undefined;
  try {
    return mapRows(map);
  } catch {
    return undefined;
  }
}

/** The section holds one name. */
function nameIn(section: Uint8Array): string {
  const reader = new Reader(section);
  const from = reader.skip(reader.count(MOST_MAP));
  return decodeLossy(section.slice(from, reader.at));
}
