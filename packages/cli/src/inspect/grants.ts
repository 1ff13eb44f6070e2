import type { Import } from "@isopod/core/inspect";

/** Something that a plugin may use when it is granted, and does without when it is not. */
export interface Wish {
  /** The option of `load`. */
  readonly option: string;
  /** The import that tells. */
  readonly because: string;
  /** What happens without it. */
  readonly without: string;
}

const WASI = /^wasi_(snapshot_preview1|unstable)\./;
const EXTISM = /^(extism:host\/env\.|env\.extism_)/;

const WISHES: readonly (Omit<Wish, "because"> & { readonly from: RegExp; readonly names: readonly string[] })[] = [
  { option: "grants.clock", from: WASI, names: ["clock_time_get"], without: "time stands still" },
  { option: "grants.clock", from: /^env\./, names: ["Date.now", "performance.now"], without: "time stands still" },
  { option: "grants.random", from: WASI, names: ["random_get"], without: "the same bytes in every call" },
  { option: "grants.random", from: /^env\./, names: ["seed"], without: "the same seed in every call" },
  { option: "grants.http", from: EXTISM, names: ["http_request"], without: "requests are denied" },
  { option: "config", from: EXTISM, names: ["config_get"], without: "every key is unknown" },
  { option: "functions", from: /^wapc\./, names: ["__host_call"], without: "host calls fail; which it makes, no import tells" },
];

/** What the imports of a module tell about grants, each option once. */
export function wishesOf(imports: readonly Import[]): Wish[] {
  const wishes = new Map<string, Wish>();
  for (const { module, name } of imports) {
    const full = `${module}.${name}`;
    const { option, without } = WISHES.find(({ from, names }) => from.test(full) && names.includes(full.replace(from, ""))) ?? {};
    if (option !== undefined && without !== undefined && !wishes.has(option)) wishes.set(option, { option, because: full, without });
  }
  return [...wishes.values()];
}
