import { isIsopodError } from "../errors.ts";
import type { Case, Ground, Row } from "./ground.ts";

/**
 * Runs the cases one after another on one ground. A case whose probes say no is a row of result `skip`; whether that
 * skip is allowed is not decided here but by the list of gaps that the runner holds against it.
 */
export async function runSuite(ground: Ground, cases: readonly Case[], onRow: (row: Row) => void = () => {}): Promise<Row[]> {
  const rows: Row[] = [];
  for (const item of cases) {
    const row = { case: item.name, runtime: ground.runtime, isolation: ground.isolation, ...(await outcome(item, ground)) };
    rows.push(row);
    onRow(row);
  }
  return rows;
}

async function outcome(item: Case, ground: Ground): Promise<Pick<Row, "result" | "reason" | "outcome">> {
  const lacking = item.needs?.find((probe) => !ground.probes[probe]);
  if (lacking) return { result: "skip", reason: lacking };
  try {
    const seen = await item.run(ground);
    return { result: "pass", ...(seen && { outcome: seen }) };
  } catch (error) {
    return { result: "fail", reason: explain(error) };
  }
}

function explain(error: unknown): string {
  if (isIsopodError(error)) return `${error.code}: ${error.message}`;
  return error instanceof Error ? `${error.message}${error.stack ? ` (${error.stack.split("\n")[1]?.trim()})` : ""}` : String(error);
}
