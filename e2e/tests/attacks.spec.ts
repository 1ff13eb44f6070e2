import { expect, test } from "@playwright/test";
import { ATTACK, type Row } from "@isopod/core/testing";
import { conform } from "../matrix/conform.ts";
import { readGaps } from "../matrix/gaps.ts";
import { runtimes } from "../runtimes/index.ts";
import type { Isolation, Runtime } from "../runtimes/runtime.ts";
import { beside } from "./beside.ts";

/** One of each engine and each kind of isolation; `npm run attacks` has the other versions, and both kinds of each. */
const COLUMNS: Readonly<Record<string, readonly Isolation[]>> = {
  node20: ["inline", "worker"],
  node24: ["worker"],
  deno: ["worker"],
  bun: ["worker"],
  chromium: ["inline", "worker"],
  firefox: ["worker"],
  webkit: ["inline"],
  workerd: ["static", "loader"],
};

interface Column {
  readonly runtime: Runtime;
  readonly isolation: Isolation;
}

async function rows({ runtime, isolation }: Column): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of conform(runtime, isolation, await readGaps(), { filter: ATTACK })) all.push(row);
  return all;
}

const columns = runtimes().flatMap((runtime) => (COLUMNS[runtime.name] ?? []).map((isolation): Column => ({ runtime, isolation })));
const together = beside(columns, rows);

for (const column of columns) {
  const { runtime, isolation } = column;
  test(`${runtime.name} ${isolation} survives the attacks`, async () => {
    const found = await together(column);
    const wrong = found.filter(({ result }) => result === "fail").map((row) => `${row.case}: ${row.reason}`);
    expect(wrong.length, `not survived:\n${wrong.join("\n")}\n`).toBe(0);
    expect(found.filter(({ result }) => result === "pass").length).toBeGreaterThan(40);
  });
}
