import { setImmediate as turn } from "node:timers/promises";
import type { Input, LoadOptions, Plugin } from "@isopod/core";
import { createHost } from "@isopod/node";
import { Histogram } from "./histogram.ts";

/** The clock is read so seldom that it does not count, and so often that a batch ends when it should. */
const BLOCK_NS = 50_000;
const MOST_BLOCK = 128;

/** Where a plugin is measured. */
export type Where = "inline" | "worker";

/** One plugin on one isolation, called in batches. */
export interface Lane {
  readonly isolation: Where;
  readonly times: Histogram;
  /** Calls in a second, the clock left out of it. */
  readonly perSecond: () => number;
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
  let calls = 0;
  let busy = 0;
  /** One reading of the clock a call: how long each takes, and what the clock costs. */
  const timed = async (ms: number, counts: boolean): Promise<void> => {
    const from = performance.now();
    for (let before = from; before - from < ms; ) {
      await call();
      const now = performance.now();
      if (counts) times.add((now - before) * 1e6);
      before = now;
    }
  };
  /** One reading of the clock a block: how many there are. */
  const counted = async (ms: number): Promise<void> => {
    const block = Math.min(MOST_BLOCK, Math.max(1, Math.floor(BLOCK_NS / times.percentile(0.5))));
    const from = performance.now();
    let gone = 0;
    for (; gone < ms; gone = performance.now() - from) {
      for (let i = 0; i < block; i++) await call();
      calls += block;
    }
    busy += gone;
  };
  return {
    isolation,
    times,
    perSecond: () => calls / (busy / 1000),
    async batch(ms, counts = true) {
      await timed(ms / 2, counts);
      if (counts) await counted(ms / 2);
      // Whoever wants to interrupt this, or draw, has its turn.
      await turn();
    },
    dispose: () => host.dispose(),
  };
}
