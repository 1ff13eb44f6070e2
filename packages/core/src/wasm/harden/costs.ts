import type { Body } from "./dissect.ts";
import type { Numbers } from "./numbers.ts";
import type { Outline } from "./outline.ts";
import { CYCLE, INSIDE, OUTSIDE, type Units } from "./units.ts";

/** More than this is charged where the function is entered, whoever calls it. */
const MOST_UNCHARGED = 1024;
/**
 * What the calls in one function may cost together, where each byte of it is one. All that is counted there between
 * two looks is then less than 2^30: the counter never passes its smallest value.
 */
const MOST_CALLS = 2 ** 28;
/** What a function may do in loops before it is charged for it. */
export const STRIP = 8191;
/** What of that a loop may charge before it is done, where its rounds are known. */
export const PREPAID = 4095;
/**
 * What the loops of a function may count on a way through each of them, so that it settles without a look. With a strip, and
 * what is prepaid, less than 12,300 units are left behind by each that is on the stack, and would have to be by 174,000 on
 * the way back to come to 2^31. The most that an engine has been seen to take is 106,000, in 5 MB.
 */
const QUIET_LOOPS = 2048;
/** Of a call into the host. */
export const HOST_CALL = 100;
/** What a unit may pay for smaller ones that depend on it, whether they run or not; in a loop, and outside. */
const MERGED = 255;
const MERGED_OUTSIDE = 4095;
/** A module of more functions gets none of those that follow: engines know a million. */
const MOST_FUNCTIONS = 2 ** 18;
/** A function that is called by name in so many places, and as many as it has parameters, and may be entered unnamed, gets a door for that. */
const DOOR = 6;
/** A function that calls itself once or twice, and costs no more than this, is written so often: it is charged where the first calls, for all of them. */
const MOST_TURNS = 64;
export const TURNS = 3;
/** Sums stop here, so that they fit an i32 twice. */
const MOST = 2 ** 30;

export interface Program {
  readonly subject: Outline;
  readonly units: Units;
  /** Unit and callee, in turn; sorted by unit. */
  readonly calls: Numbers;
  readonly bodies: readonly Body[];
}

export interface Prices {
  /** By unit: what is counted where it begins, or 0 where its parent pays. */
  readonly units: Int32Array;
  /** By function of the module's own: what is charged where it is entered, or 0. */
  readonly entry: Int32Array;
  /** By function of the module's own: what is charged where it is entered unnamed, if those that name it pay for it otherwise; or 0. */
  readonly doors: Int32Array;
  /** By function of the module's own: it is written several times, each calling the next where it called itself. */
  readonly turns: readonly boolean[];
  /** By function of the module's own: it looks where it settles what its loops have counted. */
  readonly looks: readonly boolean[];
}

/**
 * Decides where to charge, and how much.
 *
 * A function is charged where it is entered if that may happen unnamed, if a circle of calls would otherwise pass
 * without a charge, or if it costs more than `MOST_UNCHARGED`. All others are part of what their callers cost; who may be
 * entered unnamed, but is called by name in several places, has a door for that, which charges. Loops count for themselves,
 * and so do larger regions of code, so that little is paid for that does not run. Where a function is entered, and a region
 * of it, and where a loop has counted a strip there is a look at what is left; where a function ends only if so much could be
 * counted between two of those that the counter could wrap.
 */
export function price({ subject, units, calls: { list: calls, length }, bodies }: Program): Prices {
  const { imported } = subject;
  const sites = new Int32Array(bodies.length);
  for (let call = 1; call < length; call += 2) if (calls[call]! >= imported) sites[calls[call]! - imported]!++;
  const entered = subject.entered.slice(imported);
  const roomy = bodies.length <= MOST_FUNCTIONS;
  const charged = entered.map((unnamed, own) => unnamed && !(roomy && sites[own]! >= Math.max(DOOR, subject.types[subject.functions[imported + own]!]!.params.length)));
  const kinds = units.kinds.list;
  const parents = units.parents.list;
  const total = units.costs.length;
  const prices = units.costs.list.slice(0, total);
  const costs = new Float64Array(charged.length);
  const merged = new Uint16Array(prices.length);
  const entry = new Int32Array(charged.length);
  const turns = charged.map(() => false);
  const looks = charged.map(() => false);
  const largest = bodies.reduce((most, { from, to }) => Math.max(most, to - from), 1);
  const uncharged = Math.min(MOST_UNCHARGED, MOST_CALLS / largest);

  // Where the calls of each function begin.
  const starts: number[] = [];
  let at = 0;
  for (const { unit } of bodies) {
    while (at < length && calls[at]! < unit) at += 2;
    starts.push(at);
  }
  starts.push(length);

  /** What a call adds to the unit it is in. */
  const part = (to: number): number => (to < 0 ? HOST_CALL : charged[to] ? 0 : costs[to]!);
  const settle = (own: number): void => {
    let selves = 0;
    for (let call = starts[own]!; call < starts[own + 1]!; call += 2) {
      const unit = calls[call]!;
      const to = calls[call + 1]! - imported;
      prices[unit] = Math.min(prices[unit]! + part(to), MOST);
      if (to === own) selves++;
    }
    const first = bodies[own]!.unit;
    const end = bodies[own + 1]?.unit ?? total;
    let bound = prices[first]!;
    for (let unit = first + 1; unit < end; unit++) if (kinds[unit] === OUTSIDE) bound += prices[unit]!;
    if (bound > uncharged) charged[own] = true;
    for (let unit = end - 1; unit > first; unit--) {
      const kind = kinds[unit]!;
      const parent = parents[unit]!;
      const cost = prices[unit]!;
      if (kind === CYCLE) continue;
      if (kind === INSIDE || charged[own]) {
        if (merged[parent]! + cost > (kind === INSIDE ? MERGED : MERGED_OUTSIDE)) continue;
        merged[parent]! += cost;
      }
      prices[parent] = Math.min(prices[parent]! + cost, MOST);
      prices[unit] = 0;
    }
    costs[own] = bound;
    if (charged[own]) entry[own] = prices[first]!;
    let loops = 0;
    for (let unit = first + 1; unit < end; unit++) if (kinds[unit] !== OUTSIDE) loops += prices[unit]!;
    looks[own] = !charged[own] || loops > QUIET_LOOPS;
    turns[own] = roomy && charged[own]! && bodies[own]!.strip < 0 && bound <= MOST_TURNS && selves > 0 && selves < 3;
    if (turns[own]) entry[own] = bound * (1 + selves + selves * selves);
    prices[first] = 0;
  };

  depthFirst(charged, starts, calls, imported, settle);
  const doors = new Int32Array(bodies.length);
  for (const [own, unnamed] of entered.entries()) if (unnamed && !charged[own]) doors[own] = costs[own]!;
  return { units: prices, entry, doors, turns, looks };
}

/**
 * Along calls of functions that are not charged by themselves, callees first, without recursion. A circle of calls has an
 * edge back to a function that the walk is still in: charged there, the circle is broken.
 */
function depthFirst(charged: boolean[], starts: readonly number[], calls: Int32Array, imported: number, settle: (own: number) => void): void {
  const state = new Uint8Array(charged.length);
  const next = Uint32Array.from(starts);
  const path: number[] = [];
  for (let root = 0; root < charged.length; root++) {
    if (state[root] !== 0) continue;
    path.push(root);
    state[root] = 1;
    while (path.length > 0) {
      const own = path.at(-1)!;
      if (next[own]! >= starts[own + 1]!) {
        state[own] = 2;
        path.pop();
        settle(own);
        continue;
      }
      const to = calls[next[own]! + 1]! - imported;
      next[own]! += 2;
      if (to < 0 || charged[to]) continue;
      if (state[to] === 1) charged[to] = true;
      else if (state[to] === 0) {
        state[to] = 1;
        path.push(to);
      }
    }
  }
}
