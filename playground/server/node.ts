import { readFile } from "node:fs/promises";
import { createHost, type Host, type Plugin } from "@isopod/node";
import { CALL_MS, type Opened, SHORT } from "../shared/lane.ts";
import { timings } from "../shared/measure.mjs";
import { split } from "../shared/records.mjs";
import { firstAnswer } from "../shared/visit.mjs";
import type { ServerLane } from "./lanes.ts";

/** Node, in worker threads: the adapter's default. */
export function nodeLane(plugin: string): ServerLane {
  let started: Promise<{ host: Host; plugin: Plugin; coldMs: number }> | undefined;
  const start = () => (started ??= readFile(plugin).then((bytes) => firstAnswer(createHost, bytes, new TextEncoder().encode("{}"))));
  const signal = () => AbortSignal.timeout(CALL_MS);

  return {
    async open(): Promise<Opened> {
      const { plugin, coldMs } = await start();
      return { runtime: `Node ${process.versions.node}`, info: plugin.info, coldMs };
    },
    async call(op, input) {
      const { plugin } = await start();
      return plugin.call(op, input, { signal: signal() });
    },
    async timings(op, input) {
      const { plugin } = await start();
      const records = split(input);
      return timings((turn) => plugin.call(op, records[turn % records.length]), SHORT);
    },
    async close() {
      await (await started?.catch(() => undefined))?.host.dispose();
    },
  };
}
