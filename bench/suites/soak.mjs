/** Soak: 100,000 calls on one plugin, each ABI, inline and in a worker, every call with a host function. */
import { child } from "../harness/child.mjs";
import { choose } from "../harness/only.mjs";

const SPY = new URL("./children/spy.mjs", import.meta.url).href;
const CALLS = 100_000;

const CONTENDERS = ["plain", "packed", "extism", "wapc"].flatMap((abi) =>
  ["inline", "worker"].map((isolation) => ({ name: `${abi} isopod ${isolation}`, abi, isolation })),
);

/** @returns {Promise<import("../harness/types.mjs").Result>} */
export async function soak(
  /** @type {import("../harness/types.mjs").Options} */ { lang, only, quick },
  /** @type {(text: string) => void} */ progress,
) {
  /** @type {import("../harness/types.mjs").Result} */
  const result = { rows: [], skips: [] };
  const calls = quick ? CALLS / 10 : CALLS;
  for (const { name: contender, abi, isolation } of choose(CONTENDERS, only)) {
    progress(`soak: ${contender}, ${calls} calls`);
    try {
      const found = await child("soak.mjs", { abi, isolation, lang, calls }, ["--import", SPY]);
      const row = { suite: "soak", contender };
      if (found.pages === 0 && abi !== "plain") throw new Error("no wasm memory was seen, so nothing is known of pages");
      result.rows.push(
        { ...row, group: "last thousand to first", value: found.slowdown, unit: "ratio" },
        { ...row, group: "memory grown", value: found.grownMiB, unit: "MiB" },
        { ...row, group: "wasm pages grown", value: found.grownPages, unit: "pages" },
        { ...row, group: "a call", value: found.callNs, unit: "ns" },
      );
    } catch (error) {
      result.skips.push({ suite: "soak", contender, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return result;
}
