import type { Host, Plugin } from "@isopod/browser";
import { CALL_MS, type Lane, SHORT } from "../../shared/lane.ts";
import { timings } from "../../shared/measure.mjs";
import { split } from "../../shared/records.mjs";
import { firstAnswer } from "../../shared/visit.mjs";
import { INTEGRITY } from "../plugin.ts";

/** A lane of this very page: inline, or in a Web Worker. */
export function localLane(makeHost: () => Host, pluginBytes: () => Promise<Uint8Array>): Lane {
  let plugin: Plugin;
  return {
    async open() {
      const bytes = await pluginBytes();
      const first = await firstAnswer(makeHost, bytes, new TextEncoder().encode("{}"), { integrity: INTEGRITY });
      plugin = first.plugin;
      return { runtime: "this browser", info: plugin.info, coldMs: first.coldMs };
    },
    call: (op, input) => plugin.call(op, input, { signal: AbortSignal.timeout(CALL_MS) }),
    timings(op, input) {
      const records = split(input);
      return timings((turn) => plugin.call(op, records[turn % records.length]), SHORT);
    },
  };
}
