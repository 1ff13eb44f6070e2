import type { Row } from "@isopod/core/testing";
import type { Isolation, RunOptions, Runtime } from "../runtimes/runtime.ts";
import { type Gap, Gaps } from "./gaps.ts";

/**
 * One column of the matrix: the suite in `runtime` with `isolation`, as rows. What never happened is a failure too: a
 * runtime that is not installed, a case that was never answered, a gap that is not as listed.
 */
export async function* conform(runtime: Runtime, isolation: Isolation, gaps: readonly Gap[], options: RunOptions): AsyncGenerator<Row> {
  const listed = new Gaps(gaps, runtime.name, isolation);
  const failed = (name: string, reason: string): Row => ({ case: name, runtime: runtime.name, isolation, result: "fail", reason });
  const missing = runtime.missing();
  if (missing) return void (yield failed("starts", missing));

  let waiting: Set<string> | undefined;
  let end = "ended early";
  try {
    for await (const event of runtime.run(isolation, options)) {
      if (event.type === "open") {
        waiting = new Set(event.cases);
        for (const { probe, reason } of listed.wrong(event.probes)) yield failed(`probe ${probe}`, reason);
      } else if (event.type === "row") {
        waiting?.delete(event.row.case);
        yield event.row.result === "skip" ? { ...event.row, reason: listed.reason(event.row.reason ?? "") ?? event.row.reason ?? "" } : event.row;
      } else if (event.type === "fatal") {
        end = event.reason;
      }
    }
  } catch (error) {
    end = error instanceof Error ? error.message : String(error);
  }
  if (!waiting) return void (yield failed("starts", end));
  // The suite goes in order: the first without an answer is the one that brought it down.
  for (const name of waiting) {
    yield failed(name, end);
    end = `not reached: ${end}`.replace(/^(not reached: )+/, "not reached: ");
  }
}
