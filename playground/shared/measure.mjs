// What is measured is the same in every runtime: this file is imported as it is by Node, by workerd and by the page.

/** Calls in a row that one sample times must take at least this many steps of the clock: 1 ms in workerd, 0.1 ms in pages. */
const STEPS = 10;

/**
 * @typedef {object} Timings one call, in microseconds
 * @property {number} p50us
 * @property {number} p95us
 * @property {number} group calls to a sample: more than one where the clock is too coarse for one
 */

/**
 * @param {(turn: number) => Promise<unknown>} call
 * @param {{ samples?: number, budgetMs?: number }} [bounds] ends at whichever is reached first
 * @returns {Promise<Timings>}
 */
export async function timings(call, { samples = 4000, budgetMs = 1500 } = {}) {
  const enough = STEPS * clockStep();
  let turn = 0;
  let group = 1;
  // The most of a few, for what interrupts us makes it less.
  for (let i = 0; i < 5; i++) {
    let calls = 0;
    for (const from = performance.now(); calls === 0 || performance.now() - from < enough; calls++) await call(turn++);
    group = Math.max(group, calls);
  }
  const times = [];
  const end = performance.now() + budgetMs;
  do {
    const time = await timed(async () => {
      for (let i = 0; i < group; i++) await call(turn++);
    });
    times.push((time / group) * 1000);
  } while (times.length * group < samples && performance.now() < end);
  times.sort((a, b) => a - b);
  return { p50us: at(times, 0.5), p95us: at(times, 0.95), group };
}

/** @param {() => Promise<void>} work */
async function timed(work) {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** The smallest step that the clock shows, in ms: the least of a few, for the loop itself may be interrupted. */
function clockStep() {
  let least = Infinity;
  for (let i = 0; i < 5; i++) {
    const from = performance.now();
    let to = from;
    while (to === from) to = performance.now();
    least = Math.min(least, to - from);
  }
  return least;
}

/**
 * @param {readonly number[]} sorted
 * @param {number} part
 */
function at(sorted, part) {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return Math.round(value * 100) / 100;
}
