import type { Understood } from "./understand.ts";

/** How far ahead is paid, in units. */
export interface Ahead {
  /** By who calls a function by name: what costs more is charged where it is entered, whoever calls it. */
  readonly callee: number;
  /** By a function that is charged, and by a loop: whichever way is taken. */
  readonly function: number;
  readonly loop: number;
}

const AHEAD: Ahead = { callee: 1024, function: 4095, loop: 255 };
/**
 * What the calls in one function may cost together, where each byte of it is one. All that is counted there between
 * two looks is then less than 2^30: the counter never passes its smallest value.
 */
const MOST_CALLS = 2 ** 28;
/**
 * What a function may do in short loops before it is charged for it. So less than 8,300 units are left behind by each that
 * is on the stack, and would have to be by 129,000 on the way back to come to 2^30, after which one more charge still fits
 * into 2^31. The most that an engine has been seen to take is 111,000, in 7 MB.
 */
export const STRIP = 8191;
/** Units of a loop that counts its rounds in a local: where there are more, or a call, a charge for each costs little beside. */
const SHORT = 28;
/** Of a call into the host. */
export const HOST_CALL = 100;
/** A module of more functions gets none of those that follow: engines know a million. */
const MOST_FUNCTIONS = 2 ** 18;
/** A function that is called by name in so many places, and as many as it has parameters, and may be entered unnamed, gets a door for that. */
const DOOR = 6;
/** A function that calls itself once or twice, and costs no more than this, is written so often: it is charged where the first calls, for all of them. */
const MOST_TURNS = 64;
export const TURNS = 3;
/** Sums stop here, so that they fit an i32 twice. */
const MOST = 2 ** 30;

export interface Prices {
  /** By unit: what is charged where it begins, or 0 where that is paid already. */
  readonly units: Int32Array;
  /** By unit: it is a short loop, that counts its rounds in a local. */
  readonly short: Uint8Array;
  /** By function of the module's own: what is charged where it is entered, or 0. */
  readonly entry: Int32Array;
  /** By function of the module's own: what is charged where it is entered unnamed, if those that name it pay for it otherwise; or 0. */
  readonly doors: Int32Array;
  /** By function of the module's own: it is written several times, each calling the next where it called itself. */
  readonly turns: readonly boolean[];
  /** By function of the module's own: the locals that its loops need. One says where a strip of rounds ends, the next counts. */
  readonly locals: Uint8Array;
}

/**
 * Decides where to charge, and how much.
 *
 * A function is charged where it is entered if that may happen unnamed, if a circle of calls would otherwise pass
 * without a charge, or if it costs more than a caller pays. All others are part of what their callers cost; who may be
 * entered unnamed, but is called by name in several places, has a door for that, which charges. A loop is charged in each
 * round, or by strips.
 *
 * Who is charged pays for the longest way ahead, to its end or as far as `ahead` says; a region to which a way leads that is
 * longer pays for all of that once more, and again as much is free behind it. So few regions of a large function charge, no
 * way through is longer than what was paid, and each charge is a look at what is left, but that of a short loop and of who settles it.
 */
export function price({ subject, scan, bodies }: Understood, ahead = AHEAD): Prices {
  const { units } = scan;
  const { list: calls, length } = scan.calls;
  const { imported } = subject;
  const sites = new Int32Array(bodies.length);
  for (let call = 1; call < length; call += 2) if (calls[call]! >= imported) sites[calls[call]! - imported]!++;
  const entered = subject.entered.slice(imported);
  const roomy = bodies.length <= MOST_FUNCTIONS;
  const charged = entered.map((unnamed, own) => unnamed && !(roomy && sites[own]! >= Math.max(DOOR, subject.types[subject.functions[imported + own]!]!.params.length)));
  const payers = units.payers.list;
  const total = units.costs.length;
  const prices = new Int32Array(total);
  /** By unit, what it does with its calls; and the longest way through it from where was charged last, without what is done there. */
  const works = units.costs.list.slice(0, total);
  const reach = new Int32Array(total);
  const short = new Uint8Array(total);
  /** By unit that pays: something in it calls by name. */
  const calling = new Uint8Array(total);
  const costs = new Float64Array(charged.length);
  const locals = new Uint8Array(charged.length);
  const entry = new Int32Array(charged.length);
  const turns = charged.map(() => false);
  const largest = bodies.reduce((most, { from, to }) => Math.max(most, to - from), 1);
  const uncharged = Math.min(ahead.callee, MOST_CALLS / largest);

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
  /** Prices the units of a function, and gives what is paid where it is entered: for the longest way, as far as `most`; loops pay for theirs. */
  const pay = (first: number, end: number, most: number): number => {
    for (let unit = first; unit < end; unit++) {
      const payer = payers[unit]!;
      reach[unit] = 0;
      prices[unit] = works[unit]!;
      if (payer === unit) continue;
      // One that a variable counts is less than 80 bytes, and where its body ends no region can charge.
      const free = payer === first ? most : units.counted.has(payer) ? MOST : ahead.loop;
      const far = Math.min(units.most(unit, reach, prices[payer]! - works[payer]!) + works[unit]!, MOST);
      if (far > free) {
        prices[unit] = far;
        continue;
      }
      reach[unit] = far;
      prices[unit] = 0;
      prices[payer] = Math.max(prices[payer]!, Math.min(works[payer]! + far, MOST));
    }
    return prices[first]!;
  };
  const settle = (own: number): void => {
    const first = bodies[own]!.unit;
    const end = bodies[own + 1]?.unit ?? total;
    let selves = 0;
    for (let call = starts[own]!; call < starts[own + 1]!; call += 2) {
      const unit = calls[call]!;
      const to = calls[call + 1]! - imported;
      works[unit] = Math.min(works[unit]! + part(to), MOST);
      calling[payers[unit]!] = 1;
      if (to === own) selves++;
    }
    let cost = pay(first, end, MOST);
    if (cost > uncharged) charged[own] = true;
    turns[own] = roomy && charged[own]! && !bodies[own]!.loops && cost <= MOST_TURNS && selves > 0 && selves < 3;
    if (charged[own]) cost = pay(first, end, ahead.function);
    for (let unit = first + 1; unit < end; unit++) {
      const counted = units.counted.has(unit);
      short[unit] = Number(payers[unit] === unit && !counted && calling[unit] === 0 && prices[unit]! < SHORT);
      locals[own] = Math.max(locals[own]!, short[unit]! * 2, Number(counted));
    }
    costs[own] = cost;
    if (charged[own]) entry[own] = turns[own] ? cost * (1 + selves + selves * selves) : cost;
    prices[first] = 0;
  };

  depthFirst(charged, starts, calls, imported, settle);
  const doors = new Int32Array(bodies.length);
  for (const [own, unnamed] of entered.entries()) if (unnamed && !charged[own]) doors[own] = costs[own]!;
  return { units: prices, short, entry, doors, turns, locals };
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
