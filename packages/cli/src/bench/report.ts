import type { Where } from "./lane.ts";

/** What `isopod bench --json` prints. */
export interface BenchReport {
  /** As it was given. */
  readonly file: string;
  readonly op: string;
  readonly abi: string;
  /** Version of Node. */
  readonly node: string;
  /** Bytes; null where the plugin takes or gives numbers. */
  readonly inputBytes: number | null;
  /** Likewise. */
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
  /** Median of the calls that were timed, in microseconds. */
  readonly p50us: number;
  /** 95 of 100 were faster, in microseconds. */
  readonly p95us: number;
  /** One after the other. */
  readonly callsPerSecond: number;
  /** Calls that were timed one by one, for the percentiles. */
  readonly samples: number;
}
