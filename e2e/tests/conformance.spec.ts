import { expect, test } from "@playwright/test";
import type { Row } from "@isopod/core/testing";
import { conform } from "../matrix/conform.ts";
import { readGaps } from "../matrix/gaps.ts";
import { engines, runtimes } from "../runtimes/index.ts";
import type { Isolation, Runtime } from "../runtimes/runtime.ts";
import { beside } from "./beside.ts";

interface Column {
  readonly runtime: Runtime;
  readonly isolation: Isolation;
}

async function rows({ runtime, isolation }: Column): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of conform(runtime, isolation, await readGaps(), { filter: "" })) all.push(row);
  return all;
}

const columns = runtimes().flatMap((runtime) => runtime.isolations.map((isolation): Column => ({ runtime, isolation })));
const scripts = new Set(engines().map(({ name }) => name));
// Browsers are many processes each; what runs scripts is one.
const together = beside(columns.filter(({ runtime }) => scripts.has(runtime.name)), rows);

for (const column of columns) {
  const { runtime, isolation } = column;
  test(`${runtime.name} ${isolation} conforms`, async () => {
    const found = await (scripts.has(runtime.name) ? together(column) : rows(column));
    const wrong = found.filter(({ result }) => result === "fail").map((row) => `${row.case}: ${row.reason}`);
    expect(wrong.length, `failed:\n${wrong.join("\n")}\n`).toBe(0);
    expect(found.some(({ result }) => result === "pass")).toBe(true);
  });
}
