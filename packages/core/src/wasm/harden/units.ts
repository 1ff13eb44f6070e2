import type { Counted } from "./counted.ts";
import { Numbers } from "./numbers.ts";

/** Where an exception may come from: anything before it. */
export const ANYWHERE = -1;

/**
 * Code that runs from its beginning or not at all, as far as it matters: a function's own, a loop's, or a region that
 * follows a label or a condition. By number, in the order of the file.
 */
export class Units {
  /** Instructions. */
  readonly costs: Numbers = new Numbers();
  /** Who pays for what comes first in it: the loop that it is in, or the function. These pay for themselves. */
  readonly payers: Numbers = new Numbers();
  /** The last way that leads to it, or 0. */
  readonly ways: Numbers = new Numbers();
  /** By loop, what counts its rounds. */
  readonly counted: Map<number, Counted> = new Map();
  /** Two numbers each: the unit that it comes from, with the same payer, and the way before. */
  readonly #from: Numbers = new Numbers();
  /** The unit that is read, and what of it was not added to its costs yet. */
  current = 0;
  count = 0;

  /** What follows is another unit, which pays for itself if nobody else does. Gives its number. */
  begin(payer?: number, ways = 0): number {
    this.end();
    this.current = this.costs.push(0);
    this.payers.push(payer ?? this.current);
    this.ways.push(ways);
    return this.current;
  }

  end(): void {
    this.costs.list[this.current]! += this.count;
    this.count = 0;
  }

  /** One more way to the same place, which comes later. */
  way(last: number, from = this.current): number {
    const { list } = this.#from;
    if (last > 0 && list[last - 1] === from) return last;
    const way = this.#from.push(from) + 1;
    this.#from.push(last);
    return way;
  }

  /** The most of what the units have that lead to this one. */
  most(unit: number, of: Int32Array, anywhere: number): number {
    const { list } = this.#from;
    let most = 0;
    for (let way = this.ways.list[unit]!; way > 0; way = list[way]!) {
      const from = list[way - 1]!;
      const here = from === ANYWHERE ? anywhere : of[from]!;
      if (here > most) most = here;
    }
    return most;
  }
}
