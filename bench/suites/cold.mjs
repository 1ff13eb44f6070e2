/**
 * Cold start: from bytes to the first result, and the first call of a plugin in a worker that is warm.
 */
import { starters } from "../contenders/starters.mjs";
import { environment } from "../harness/env.mjs";
import { interleave, median } from "../harness/interleave.mjs";
import { choose } from "../harness/only.mjs";

/** @returns {Promise<import("../harness/types.mjs").Result>} */
export async function cold(
  /** @type {import("../harness/types.mjs").Options} */ options,
  /** @type {(text: string) => void} */ progress,
) {
  /** @type {import("../harness/types.mjs").Result} */
  const result = { rows: [], skips: [] };
  const opened = [];
  for (const { name, open } of choose(starters, options.only)) {
    progress(`cold: opening ${name}`);
    try {
      const { close, ...lane } = await open(environment(options));
      await lane.before?.(1); // what cannot start fails here, not in the middle of a race
      await lane.batch(1);
      await lane.after?.(1);
      opened.push({ name, lane, close });
    } catch (error) {
      result.skips.push({ suite: "cold", contender: name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  progress(`cold: ${opened.length} contenders`);
  const raced = await interleave(opened, { rounds: options.rounds * 4, batchMs: options.batchMs * 5 });
  for (const { name, median: value, times } of raced) {
    const base = starters.find((starter) => starter.name === name)?.base;
    const measure = raced.find((other) => other.name === base && other.name !== name);
    // Whether another thread is free to compile changes from one moment to the next, for neighbours alike: so the
    // ratio is taken within each round, and its median counts.
    const ratio = measure && median(times.map((time, round) => time / measure.times[round]));
    result.rows.push({ suite: "cold", contender: name, value, ratio, unit: "ns" });
  }
  for (const { close } of opened) await close?.();
  return result;
}
