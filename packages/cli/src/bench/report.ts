import type { Where } from "./lane.ts";

/** What `isopod bench --json` prints. */
export interface BenchReport {
  readonly file: string;
  readonly op: string;
  readonly abi: string;
  readonly node: string;
  /** Bytes; null where the plugin takes or gives numbers. */
  readonly inputBytes: number | null;
  readonly outputBytes: number | null;
  /** Of measuring, without warm-up and cold starts. */
  readonly seconds: number;
  readonly rows: readonly BenchRow[];
}

/** One isolation. */
export interface BenchRow {
  readonly isolation: Where;
  /** Host, `load` and first call, in a new process: the median of a few. */
  readonly coldMs: number;
  readonly p50us: number;
  readonly p95us: number;
  readonly callsPerSecond: number;
  /** Calls that were timed one by one, for the percentiles. */
  readonly samples: number;
}
