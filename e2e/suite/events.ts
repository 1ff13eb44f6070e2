import type { ProbeName, Row } from "@isopod/core/testing";

/** What a runtime tells while the suite runs in it: first `open`, then a `row` a case, at last `close`, or `fatal` instead. */
export type SuiteEvent =
  | { readonly type: "open"; readonly probes: Readonly<Record<ProbeName, boolean>>; readonly cases: readonly string[] }
  | { readonly type: "row"; readonly row: Row }
  | { readonly type: "close" }
  | { readonly type: "fatal"; readonly reason: string };

/** Kept when the event has left this thread; events arrive in the order in which they were emitted. */
export type Emit = (event: SuiteEvent) => Promise<unknown>;
