/** Memory: what one more instance costs, each contender in a process of its own. */
import { child } from "../harness/child.mjs";
import { choose } from "../harness/only.mjs";

/** A worker is a thousand times heavier than an instance, so fewer of them do. */
const CONTENDERS = [
  { name: "packed by hand", count: 2000 },
  { name: "packed isopod", base: "packed by hand", count: 2000 },
  { name: "packed isopod, a plugin each", count: 2000 },
  { name: "extism by hand", count: 2000 },
  { name: "extism isopod", base: "extism by hand", count: 2000 },
  { name: "extism isopod, a plugin each", count: 2000 },
  { name: "extism 1.0.3", count: 2000 },
  { name: "extism 2.0.0-rc13", count: 2000 },
  { name: "wapc by hand", count: 2000 },
  { name: "wapc isopod", base: "wapc by hand", count: 2000 },
  { name: "@wapc/host", count: 2000 },
  { name: "a worker each", count: 20 },
];

/** @returns {Promise<import("../harness/types.mjs").Result>} */
export async function memory(
  /** @type {import("../harness/types.mjs").Options} */ { lang, only, quick },
  /** @type {(text: string) => void} */ progress,
) {
  /** @type {import("../harness/types.mjs").Result} */
  const result = { rows: [], skips: [] };
  for (const { name, count } of choose(CONTENDERS, only)) {
    progress(`memory: ${name}, ${count} instances`);
    try {
      const { kib } = await child("memory.mjs", { name, lang, count: quick && count > 500 ? 500 : count });
      result.rows.push({ suite: "memory", contender: name, value: kib, unit: "KiB" });
    } catch (error) {
      result.skips.push({ suite: "memory", contender: name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return result;
}
