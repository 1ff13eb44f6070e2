import type { Timings } from "./measure.mjs";

/** A shore that takes any plugin: the workbench's idea of a lane. */
export interface Berth {
  /** Loads the plugin anew and calls it once, so that what it answers depends on nothing that came before. */
  run(plugin: Uint8Array, op: string, input: Uint8Array): Promise<Ran>;
  /** Times of the same call, in a row. */
  timings(plugin: Uint8Array, op: string, input: Uint8Array): Promise<Timings>;
}

export interface Ran {
  readonly output: Uint8Array;
  /** From bytes to the answer, in a runtime that already runs, in ms. */
  readonly coldMs: number;
}

/** Longest that a plugin may take to load and answer, in ms: as long as a person waits without asking why. */
export const RUN_MS = 3000;

/** The largest plugin, and the largest input, in bytes. */
export const MOST_PLUGIN = 16 * 1024 * 1024;
export const MOST_INPUT = 2 * 1024 * 1024;
