/**
 * Cold start: from bytes to the first result, and the first call of a plugin in a worker that is warm.
 */
import { starters } from "../contenders/starters.mjs";
import { environment } from "../harness/env.mjs";
import { interleave } from "../harness/interleave.mjs";
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
  // Compiling needs a second thread to be free: of many short batches some find it so.
  const race = { rounds: options.rounds * 6, batchMs: options.batchMs * 5 };
  for (const { name, best, median } of await interleave(opened, race)) {
    result.rows.push({ suite: "cold", contender: name, value: best, median, unit: "ns" });
  }
  for (const { close } of opened) await close?.();
  return result;
}
