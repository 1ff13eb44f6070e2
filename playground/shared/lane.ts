import type { PluginInfo } from "@isopod/core";
import type { Timings } from "./measure.mjs";

/** One shore: a plugin in one runtime, wherever that is. The page and its server have the same idea of it. */
export interface Lane {
  /** Loads the plugin, the first time. */
  open(): Promise<Opened>;
  call(op: string, input: Uint8Array): Promise<Uint8Array>;
  /** Times of calls with these records (lines), in turn. */
  timings(op: string, input: Uint8Array): Promise<Timings>;
}

export interface Opened {
  /** Such as "Node 20.20.2". */
  readonly runtime: string;
  readonly info: PluginInfo;
  /** From bytes to the first answer, in ms. */
  readonly coldMs: number;
}

/** Longest that one call may take, in ms. */
export const CALL_MS = 10_000;

/** How long times are taken: enough to see them, too short to be felt. */
export const SHORT = { samples: 3000, budgetMs: 150 } as const;
