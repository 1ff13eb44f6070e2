import type { Counted } from "./counted.ts";
import type { Numbers } from "./numbers.ts";

/**
 * Code that runs from its beginning or not at all, as far as it matters: a function's own, a loop's, or a region that
 * follows a label or a condition. By number, in the order of the file.
 */
export interface Units {
  /** Instructions. */
  readonly costs: Numbers;
  /** The unit without which this one does not run. */
  readonly parents: Numbers;
  readonly kinds: Numbers;
  /** By loop, what counts its rounds. */
  readonly counted: Map<number, Counted>;
}

export const BODY = 0;
/** A region outside of loops, and one in a loop. */
export const OUTSIDE = 1;
export const INSIDE = 2;
export const CYCLE = 3;
