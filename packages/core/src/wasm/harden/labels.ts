import type { FunctionType } from "../types.ts";
import { ANYWHERE, type Units } from "./units.ts";
import { CALL_WEIGHT, CAUGHT_WEIGHT, EACH_WEIGHT, LOOP_WEIGHT, PASSED_WEIGHT } from "./weights.ts";

/**
 * The labels around the code that is read, and the ways to where each ends. Many loops may be around it: that a way out of
 * some of them comes from where the outermost of those stands, since all in it was paid by loops.
 */
export class Labels {
  depth = 0;
  /** Nothing comes here from the instruction before. */
  dead = false;
  /** How many values wait on the stack, at most; where nothing comes, it may say less. */
  height = 0;
  /**
   * What an engine holds while it compiles the function, in values of about 12 bytes: all locals and what waits on the
   * stack, at each branch and where a block begins or ends; in loops much more, for the optimiser.
   */
  weight = 0;
  /** What comes to that if exceptions are caught in the function, by its own code or by what hardening puts around it. */
  caught = 0;
  readonly #units: Units;
  /** By depth: how many of the labels from the outermost to this one are loops, the unit that the label stands in, and the last way to its end. */
  readonly #loops: number[] = [0];
  readonly #stands: number[] = [0];
  readonly #ways: number[] = [0];
  /** What it takes and leaves, and how many values wait below that. */
  readonly #types: FunctionType[] = [];
  readonly #bases: number[] = [];
  #locals = 0;
  /** By loop, from the outermost, after the function: its unit, and the one that it stands in. */
  readonly #payers: number[] = [];
  readonly #around: number[] = [];

  constructor(units: Units) {
    this.#units = units;
  }

  /** A function begins. Gives its unit. */
  begin(type: FunctionType, locals: number): number {
    this.depth = this.height = this.weight = this.caught = 0;
    this.#locals = locals;
    this.#types[0] = type;
    this.dead = false;
    return (this.#payers[0] = this.#units.begin());
  }

  block(type: FunctionType): void {
    this.#enter(0, type);
  }

  /** Gives its unit. */
  loop(type: FunctionType): number {
    this.#enter(1, type);
    const loop = this.#loops[this.depth]!;
    this.#around[loop] = this.#units.current;
    this.weight += EACH_WEIGHT + LOOP_WEIGHT * this.#values;
    this.dead = false;
    return (this.#payers[loop] = this.#units.begin());
  }

  /** A block that may be passed by. */
  condition(type: FunctionType): number {
    this.#enter(0, type);
    return this.#region((this.#ways[this.depth] = this.#units.way(0)));
  }

  /** What else is done in this block: where the condition did not hold, or where something was thrown. Where the block is entered, so much is paid for it; what was thrown hands that on. */
  otherwise(units: number, thrown?: FunctionType): number {
    this.height = this.#bases[this.depth]! + (thrown ?? this.#types[this.depth]!).params.length;
    if (thrown) this.weight += EACH_WEIGHT;
    this.#units.costs.list[this.#stands[this.depth]!]! += units;
    this.#goesOn(this.#units.current);
    return this.#region(this.#units.way(0, thrown ? ANYWHERE : this.#stands[this.depth]));
  }

  /** The unit of the loop that ends here, or −1 if it is none. */
  get ending(): number {
    const loop = this.#loops[this.depth]!;
    return loop === this.#loops[this.depth - 1] ? -1 : this.#payers[loop]!;
  }

  end(): number {
    const loop = this.#loops[this.depth]!;
    this.height = this.#bases[this.depth]! + this.#types[this.depth]!.results.length;
    this.#goesOn(loop === this.#loops[this.depth - 1] ? this.#units.current : this.#around[loop]!);
    return this.#region(this.#ways[this.depth--]!);
  }

  /** Gives out of how many loops that leads. */
  branch(index: number, from: number): number {
    const to = this.depth - index;
    const { params, results } = this.#types[to]!;
    this.weight += this.#values + ((params.length + results.length) << PASSED_WEIGHT);
    const loop = this.#loops[to]!;
    const passed = this.#loops[this.depth]! - loop;
    if (passed > 0 && from !== ANYWHERE) from = this.#around[loop + 1]!;
    if (to > 0 && loop === this.#loops[to - 1]) this.#ways[to] = this.#units.way(this.#ways[to]!, from);
    return passed;
  }

  /** Something is called, by the module or for it, and may throw. */
  call(): void {
    this.weight += CALL_WEIGHT * this.#values;
    this.caught += CAUGHT_WEIGHT * this.#values;
  }

  #enter(loop: 0 | 1, type: FunctionType): void {
    const depth = ++this.depth;
    this.#types[depth] = type;
    this.#bases[depth] = this.height - type.params.length;
    this.#stands[depth] = this.#units.current;
    this.#loops[depth] = this.#loops[depth - 1]! + loop;
    this.#ways[depth] = 0;
  }

  /** From there to where the label ends, if anything comes here. */
  #goesOn(from: number): void {
    if (!this.dead) this.#ways[this.depth] = this.#units.way(this.#ways[this.depth]!, from);
  }

  /** All locals and what waits on the stack: the engine holds them, or goes through them. */
  get #values(): number {
    return this.#locals + Math.max(this.height, 0);
  }

  #region(ways: number): number {
    this.weight += this.#values;
    this.dead = false;
    return this.#units.begin(this.#payers[this.#loops[this.depth]!], ways);
  }
}
