import type { Host, Plugin } from "@isopod/core";
import { GOOD } from "../../shared/hostile.ts";
import { CROWD } from "./list.ts";
import { loadGuest } from "./local.ts";

/**
 * Loads many plugins into one worker, and asks each of them, and then each again: by then the first ones have made room.
 *
 * @returns how many answers there were
 */
export async function crowd(host: Host, bytes: Uint8Array): Promise<number> {
  const plugins: Plugin[] = [];
  let answers = 0;
  try {
    for (let count = 0; count < CROWD; count++) {
      plugins.push(await loadGuest(host, bytes));
      // Every one of them is rewritten on this thread, which has frames to draw.
      if (count % 4 === 3) await new Promise(requestAnimationFrame);
    }
    for (let turn = 0; turn < 2; turn++) for (const plugin of plugins) answers += (await plugin.call(GOOD, undefined, { as: "text" })).startsWith("version") ? 1 : 0;
  } finally {
    await Promise.all(plugins.map((plugin) => plugin.dispose()));
  }
  return answers;
}
