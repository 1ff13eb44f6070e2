/** Nanoseconds, as WASI counts them. */
export interface Clock {
  /** Since the epoch. */
  wall(): bigint;
  /** Since some moment of its own; never goes back. */
  monotonic(): bigint;
  /** A new call begins. */
  restart(): void;
}

const TICK = 1_000_000n;
/** 2022-01-01T00:00:00Z */
const START = 1_640_995_200_000_000_000n;

/**
 * The clock without a grant: every call starts at the same moment, and a look at it takes one millisecond. So a call's
 * answer depends on its input, not on which instance served it, or where.
 */
export function fixedClock(): Clock {
  let ticks = 0n;
  return {
    wall: () => START + TICK * ticks++,
    monotonic: () => TICK * ticks++,
    restart: () => void (ticks = 0n),
  };
}

/** The machine's clock, for a plugin with `grants: { clock: true }`. */
export function systemClock(): Clock {
  return {
    wall: () => BigInt(Date.now()) * TICK,
    monotonic: () => BigInt(Math.round(performance.now() * 1e6)),
    restart: () => {},
  };
}
