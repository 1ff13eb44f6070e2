import { RESERVED } from "./reserved.ts";
import { PAGE, type Policy } from "./policy.ts";
import { Writer } from "./writer.ts";

/** Changes whenever the same module and policy give other bytes. */
export const VERSION = 5;

/** What a hardened module says of itself, in a custom section that no other module may have. */
export interface Manifest {
  /** Of the rewriting. */
  readonly version: number;
  /** Of the module as it was, as `integrity` has it; empty where nobody said. */
  readonly digest: string;
  /** Bytes, of each memory; null for what engines allow. */
  readonly memory: number | null;
  /** Elements, of each table; null likewise. */
  readonly tables: number | null;
  /** Bytes of its memories at first. */
  readonly held: number;
}

/** The section's contents, its name first. */
export function declare({ memory, tables }: Policy, digest: string, pages: number): Writer {
  const said: Manifest = { version: VERSION, digest, memory: finite(memory), tables: finite(tables), held: pages * PAGE };
  return new Writer().name(RESERVED).ascii(JSON.stringify(said));
}

/** Undefined for a module that was not hardened, or not by this version. */
export function manifestOf(module: object): Manifest | undefined {
  const [section] = WebAssembly.Module.customSections(module, RESERVED);
  if (!section) return undefined;
  try {
    const said = JSON.parse(String.fromCharCode(...new Uint8Array(section))) as Manifest;
    return said.version === VERSION ? said : undefined;
  } catch {
    return undefined;
  }
}

function finite(cap: number): number | null {
  return cap === Infinity ? null : cap;
}
