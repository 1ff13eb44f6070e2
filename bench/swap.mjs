/**
 * `node bench/swap.mjs`: swaps under calls. Ends with code 1 where a call failed, or was answered by a version that had
 * been replaced when it started.
 *
 *   --swaps 100 --calls 100000 --isolation inline,worker --json
 */
import { createHost } from "@isopod/node";
import { namesOf, numberOf, readOptions } from "../scripts/options.mjs";
import { version } from "@isopod/core/testing";

const values = readOptions("node bench/swap.mjs [--swaps 100] [--calls 100000] [--isolation inline,worker] [--json]", {
  swaps: { type: "string", default: "100" },
  calls: { type: "string", default: "100000" },
  isolation: { type: "string", default: "inline,worker" },
  json: { type: "boolean", default: false },
});
const SWAPS = numberOf("--swaps", values.swaps, "whole");
const CALLS = numberOf("--calls", values.calls, "whole");
/** Calls under way at a time. */
const TOGETHER = 16;

async function race(/** @type {"inline" | "worker"} */ isolation) {
  const host = createHost({ isolation });
  const plugin = await host.load(version(0));
  const figures = { isolation, swaps: 0, calls: 0, failed: 0, stale: 0, during: 0, milliseconds: 0, longestSwap: 0 };
  let current = 0;
  let swapping = false;
  const began = performance.now();

  const caller = async () => {
    while (figures.calls < CALLS) {
      const since = current;
      figures.calls++;
      if (swapping) figures.during++;
      try {
        const by = /** @type {number} */ (await plugin.call("version", undefined, { as: "value" }));
        if (by < since) figures.stale++;
      } catch {
        figures.failed++;
      }
      // Otherwise calls that are answered at once would leave no room for a swap.
      if (figures.calls % 64 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const swapper = async () => {
    for (let number = 1; number <= SWAPS; number++) {
      while (figures.calls < (CALLS / (SWAPS + 1)) * number) await new Promise((resolve) => setImmediate(resolve));
      const start = performance.now();
      swapping = true;
      await plugin.swap(version(number), { health: (next) => next.call("version", undefined, { as: "value" }) });
      swapping = false;
      current = number;
      figures.swaps++;
      figures.longestSwap = Math.max(figures.longestSwap, Math.round(performance.now() - start));
    }
  };
  await Promise.all([swapper(), ...Array.from({ length: TOGETHER }, caller)]);
  figures.milliseconds = Math.round(performance.now() - began);
  await host.dispose();
  return figures;
}

const rows = [];
for (const isolation of namesOf("--isolation", values.isolation, /** @type {const} */ (["inline", "worker"]))) rows.push(await race(isolation));
if (values.json) console.log(JSON.stringify({ rows }));
else {
  for (const row of rows) {
    console.log(`${row.isolation.padEnd(7)} ${row.swaps} swaps under ${row.calls} calls, ${row.during} of them while one was under way: ${row.failed} failed, ${row.stale} stale; ${row.milliseconds} ms, longest swap ${row.longestSwap} ms`);
  }
}
if (rows.some(({ failed, stale, swaps }) => failed + stale > 0 || swaps < SWAPS)) process.exitCode = 1;
