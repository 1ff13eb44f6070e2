import { ANYWHERE, type Units } from "./units.ts";

/**
 * The labels around the code that is read, and the ways to where each ends. Many loops may be around it: that a way out of
 * some of them comes from where the outermost of those stands, since all in it was paid by loops.
 */
export class Labels {
  depth = 0;
  /** Nothing comes here from the instruction before. */
  dead = false;
  readonly #units: Units;
  /** By depth: how many of the labels from the outermost to this one are loops, the unit that the label stands in, and the last way to its end. */
  readonly #loops: number[] = [0];
  readonly #stands: number[] = [0];
  readonly #ways: number[] = [0];
  /** By loop, from the outermost, after the function: its unit, and the one that it stands in. */
  readonly #payers: number[] = [];
  readonly #around: number[] = [];

  constructor(units: Units) {
    this.#units = units;
  }

  /** A function begins. Gives its unit. */
  begin(): number {
    this.depth = 0;
    this.dead = false;
    return (this.#payers[0] = this.#units.begin());
  }

  block(): void {
    this.#enter(0);
  }

  /** Gives its unit. */
  loop(): number {
    this.#enter(1);
    const loop = this.#loops[this.depth]!;
    this.#around[loop] = this.#units.current;
    this.dead = false;
    return (this.#payers[loop] = this.#units.begin());
  }

  /** A block that may be passed by. */
  condition(): number {
    this.#enter(0);
    return this.#region((this.#ways[this.depth] = this.#units.way(0)));
  }

  /** What else is done in this block: where the condition did not hold, or where something was thrown. Where the block is entered, so much is paid for it. */
  otherwise(caught: boolean, units: number): number {
    this.#units.costs.list[this.#stands[this.depth]!]! += units;
    this.#goesOn(this.#units.current);
    return this.#region(this.#units.way(0, caught ? ANYWHERE : this.#stands[this.depth]));
  }

  /** The unit of the loop that ends here, or −1 if it is none. */
  get ending(): number {
    const loop = this.#loops[this.depth]!;
    return loop === this.#loops[this.depth - 1] ? -1 : this.#payers[loop]!;
  }

  end(): number {
    const loop = this.#loops[this.depth]!;
    this.#goesOn(loop === this.#loops[this.depth - 1] ? this.#units.current : this.#around[loop]!);
    return this.#region(this.#ways[this.depth--]!);
  }

  /** Gives out of how many loops that leads. */
  branch(index: number, from: number): number {
    const to = this.depth - index;
    const loop = this.#loops[to]!;
    const passed = this.#loops[this.depth]! - loop;
    if (passed > 0 && from !== ANYWHERE) from = this.#around[loop + 1]!;
    if (to > 0 && loop === this.#loops[to - 1]) this.#ways[to] = this.#units.way(this.#ways[to]!, from);
    return passed;
  }

  #enter(loop: 0 | 1): void {
    const depth = ++this.depth;
    this.#stands[depth] = this.#units.current;
    this.#loops[depth] = this.#loops[depth - 1]! + loop;
    this.#ways[depth] = 0;
  }

  /** From there to where the label ends, if anything comes here. */
  #goesOn(from: number): void {
    if (!this.dead) this.#ways[this.depth] = this.#units.way(this.#ways[this.depth]!, from);
  }

  #region(ways: number): number {
    this.dead = false;
    return this.#units.begin(this.#payers[this.#loops[this.depth]!], ways);
  }
}
