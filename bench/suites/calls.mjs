/** Calls: every contender on 16 B, 1 KB, 64 KB and 1 MB, bytes and text, echo and upper. */
import { contenders } from "../contenders/index.mjs";
import { child } from "../harness/child.mjs";
import { environment } from "../harness/env.mjs";
import { cases, check, makeInput } from "../harness/inputs.mjs";
import { interleave } from "../harness/interleave.mjs";
import { lane } from "../harness/loop.mjs";
import { choose } from "../harness/only.mjs";

/** @typedef {import("../harness/types.mjs").Opened & { name: string }} Racer */

/** As large as it is where nobody says. */
const NURSERY = ["--max-semi-space-size=16"];

/**
 * An engine makes code for what it has seen. One process calls plugins with limits and another those without, as applications
 * do: where one does both, each costs 60 to 150 ns more.
 *
 * @returns {Promise<import("../harness/types.mjs").Result>}
 */
export async function calls(
  /** @type {import("../harness/types.mjs").Options} */ options,
  /** @type {(text: string) => void} */ progress,
) {
  /** @type {import("../harness/types.mjs").Result} */
  const result = { rows: [], skips: [] };
  const env = environment(options);
  /** @type {Racer[]} */
  const racers = [];
  const skip = (/** @type {string} */ contender, /** @type {unknown} */ error, where = "") =>
    result.skips.push({ suite: "calls", contender, reason: `${where}${error instanceof Error ? error.message : error}` });

  const chosen = options.alone === undefined ? choose(contenders, options.only) : contenders.filter(({ name, always }) => always || name === options.alone);
  const [here, apart] = options.alone === undefined ? [chosen.filter(({ alone }) => !alone), chosen.filter(({ alone }) => alone)] : [chosen, []];
  for (const contender of here) {
    progress(`calls: opening ${contender.name}`);
    try {
      racers.push({ name: contender.name, ...(await contender.open(env)) });
    } catch (error) {
      skip(contender.name, error);
    }
  }

  for (const test of cases()) {
    const input = makeInput(test);
    const where = `${test.op} ${test.size} ${test.kind}`;
    const entrants = [];
    for (const racer of racers) {
      try {
        const bound = await racer.bind(test);
        if (!bound) continue;
        const answer = await bound.call(bound.input ?? input);
        check(test, /** @type {any} */ (bound.read ? bound.read(answer) : answer));
        entrants.push({ name: racer.name, lane: lane(bound, input) });
      } catch (error) {
        skip(racer.name, error, `${where}: `);
      }
    }
    progress(`calls: ${where}, ${entrants.length} contenders`);
    for (const { name, best, median } of await interleave(entrants, options)) {
      result.rows.push({ suite: "calls", contender: name, ...test, value: best, median, unit: "ns" });
    }
  }
  for (const { close } of racers) await close?.();
  for (const { name } of apart) {
    progress(`calls: ${name}, in a process of its own`);
    const { rows, skips } = await child("calls.mjs", { ...options, alone: name }, NURSERY);
    for (const row of rows) if (row.contender === name) result.rows.push(row);
    result.skips.push(...skips);
  }
  return result;
}
