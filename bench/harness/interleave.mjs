/**
 * Races: every round runs one batch of each lane, A B C A B C …, so that a busy neighbour, a hot core or a garbage
 * collection hits all of them alike. The best batch counts: noise only ever adds.
 */

/** @typedef {import("./types.mjs").Lane} Lane */

/**
 * @param {{ name: string, lane: Lane }[]} entrants
 * @param {{ rounds: number, batchMs: number }} options
 * @returns {Promise<{ name: string, best: number, median: number, batch: number }[]>} nanoseconds an item
 */
export async function interleave(entrants, { rounds, batchMs }) {
  const running = [];
  for (const { name, lane } of entrants) {
    running.push({ name, lane, batch: await calibrate(lane, batchMs), times: /** @type {number[]} */ ([]) });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { lane, batch, times } of running) {
      times.push(((await time(lane, batch)) * 1e6) / batch / (lane.per ?? 1));
    }
  }
  return running.map(({ name, batch, times }) => ({ name, batch, best: Math.min(...times), median: median(times) }));
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

/** Milliseconds of one batch. A synchronous batch is not awaited: a microtask would be charged to it. */
async function time(/** @type {Lane} */ lane, /** @type {number} */ n) {
  await lane.before?.(n);
  const start = performance.now();
  const pending = lane.batch(n);
  if (pending) await pending;
  const took = performance.now() - start;
  await lane.after?.(n);
  return took;
}

export function median(/** @type {number[]} */ values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
