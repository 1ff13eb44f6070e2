import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Races: every round runs one batch of each lane, A B C, C B A, A B C …, so that a busy neighbour or a hot core hits all
 * of them alike, and nobody always runs behind the same one. The best batch counts: noise only ever adds.
 */

/** @typedef {import("./types.mjs").Lane} Lane */

/** A lane of which one batch takes longer than this has said enough after a few rounds: it starts processes. */
const SLOW_NS = 60e6;
const ENOUGH = 8;

/**
 * @param {{ name: string, lane: Lane }[]} entrants
 * @param {{ rounds: number, batchMs: number }} options
 * @returns {Promise<{ name: string, best: number, median: number, batch: number, times: number[] }[]>} nanoseconds an item
 */
export async function interleave(entrants, { rounds, batchMs }) {
  const running = [];
  for (const { name, lane } of entrants) {
    running.push({ name, lane, batch: await calibrate(lane, batchMs), times: /** @type {number[]} */ ([]) });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { lane, batch, times } of round % 2 ? running.toReversed() : running) {
      if (round >= ENOUGH && times[0] * batch * (lane.per ?? 1) > SLOW_NS) continue;
      times.push(((await time(lane, batch)) * 1e6) / batch / (lane.per ?? 1));
    }
  }
  return running.map(({ name, batch, times }) => ({ name, batch, times, best: Math.min(...times), median: median(times) }));
}

/** Warms a lane until the engine has tiered up, then gives the number of calls that fill one batch. */
async function calibrate(/** @type {Lane} */ lane, /** @type {number} */ batchMs) {
  const most = lane.maxBatch ?? 1_000_000;
  let n = 1;
  let last = 0;
  for (let spent = 0; spent < batchMs * 5; spent += last) {
    last = await time(lane, n);
    if (last < batchMs / 2 && n < most) n = Math.min(most, n * 2);
  }
  return Math.max(1, Math.min(most, Math.round((batchMs * n) / Math.max(last, 1e-6))));
}

/** From this many calls on, an eighth of a batch warms the caches up before it. */
const PRIMED_FROM = 64;

/** Milliseconds of one batch. Nobody pays for what the lane before left behind: its garbage, its cold caches. */
async function time(/** @type {Lane} */ lane, /** @type {number} */ n) {
  await lane.before?.(n);
  collect({ type: "minor" });
  if (n >= PRIMED_FROM) await lane.batch(n >> 3);
  const start = performance.now();
  const pending = lane.batch(n);
  if (pending) await pending; // a synchronous batch is not charged with a microtask
  const took = performance.now() - start;
  await lane.after?.(n);
  return took;
}

/** Collects young garbage. A full collection would also throw away code that has not run for a while. */
const collect = (() => {
  setFlagsFromString("--expose-gc");
  return /** @type {(options: { type: "minor" }) => void} */ (runInNewContext("gc"));
})();

export function median(/** @type {number[]} */ values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
