import { failure, type IsopodError } from "../../errors.ts";

/** What a module is held to; part of what its hardened form is kept by. */
export interface Policy {
  /** Most bytes of each memory, and of all together at first; Infinity for what engines allow. */
  readonly memory: number;
  /** Most elements of tables, likewise. */
  readonly tables: number;
}

/** Bytes of a page of memory. */
export const PAGE = 65_536;

/** For the caller to throw. */
export function refused(feature: string): IsopodError {
  return failure("unsupported", `the plugin uses ${feature}, which limits do not cover: build it without`, { feature });
}

/**
 * The same answer in every runtime, whatever its engine knows: shared memory and relaxed SIMD are not deterministic,
 * 64-bit memory and garbage collection are not metered.
 *
 * @param marks what the types of the module show, see `Reader`
 */
export function mustBeAllowed(marks: Iterable<number>): void {
  for (const mark of marks) {
    if (mark >= 0x100) {
      for (const [bit, feature] of [[2, "shared memory"], [4, "memory64"], [8, "custom page sizes"]] as const) if (mark & bit) throw refused(feature);
    } else if (mark > 0 && mark < 0x7b && ![0x70, 0x6f, 0x69, 0x60].includes(mark)) throw refused("garbage collection");
  }
}
