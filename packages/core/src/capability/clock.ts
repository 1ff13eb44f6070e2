import { perCall, type Scope } from "./scope.ts";

/** Nanoseconds, as WASI counts them. */
export interface Clock {
  /** Since the epoch. */
  wall(): bigint;
  /** Since some moment of its own; never goes back. */
  monotonic(): bigint;
}

const TICK = 1_000_000n;
/** 2022-01-01T00:00:00Z */
const START = 1_640_995_200_000_000_000n;

/**
 * The clock without a grant: every call starts at the same moment, and a look at it takes one millisecond. So a call's
 * answer depends on its input, not on which instance served it, or where.
 */
export function fixedClock(scope: Scope): Clock {
  let ticks = 0n;
  const tick = perCall(scope, () => (ticks = 0n), () => TICK * ticks++);
  return { wall: () => START + tick(), monotonic: tick };
}

/** The machine's clock, for a plugin with `grants: { clock: true }`. */
export function systemClock(): Clock {
  return {
    wall: () => BigInt(Date.now()) * TICK,
    monotonic: () => BigInt(Math.round(performance.now() * 1e6)),
  };
}
