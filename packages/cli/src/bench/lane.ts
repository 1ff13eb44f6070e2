import { setImmediate as turn } from "node:timers/promises";
import type { Input, LoadOptions, Plugin } from "@isopod/core";
import { createHost } from "@isopod/node";
import { Histogram } from "./histogram.ts";

/** Where a plugin is measured. */
export type Where = "inline" | "worker";

/** One plugin on one isolation, called in batches. */
export interface Lane {
  readonly isolation: Where;
  readonly times: Histogram;
  /** Time in batches, in milliseconds: what the calls are divided by. */
  readonly busy: () => number;
  /** Calls for so long, one after the other. */
  batch(ms: number, counts?: boolean): Promise<void>;
  dispose(): Promise<void>;
}

/** Loads the plugin for one isolation. */
export async function openLane(isolation: Where, bytes: Uint8Array, load: LoadOptions, callOf: (plugin: Plugin) => { op: string; input: Input }): Promise<Lane> {
  const host = createHost({ isolation, workers: 1 });
  const plugin = await host.load(bytes, load);
  const { op, input } = callOf(plugin);
  const options = plugin.info.abi === "plain" ? ({ as: "value" } as const) : undefined;
  const call = (): Promise<unknown> => plugin.call(op, input, options as { as: "value" });
  const times = new Histogram();
  let busy = 0;
  return {
    isolation,
    times,
    busy: () => busy,
    async batch(ms, counts = true) {
      const from = performance.now();
      for (let before = from; before - from < ms; ) {
        await call();
        const now = performance.now();
        if (counts) times.add((now - before) * 1e6);
        before = now;
      }
      if (counts) busy += performance.now() - from;
      // Whoever wants to interrupt this, or draw, has its turn.
      await turn();
    },
    dispose: () => host.dispose(),
  };
}
