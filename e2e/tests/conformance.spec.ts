import { expect, test } from "@playwright/test";
import { conform } from "../matrix/conform.ts";
import { readGaps } from "../matrix/gaps.ts";
import { runtimes } from "../runtimes/index.ts";

for (const runtime of runtimes()) {
  for (const isolation of runtime.isolations) {
    test(`${runtime.name} ${isolation} conforms`, async () => {
      const wrong: string[] = [];
      let passed = 0;
      for await (const row of conform(runtime, isolation, await readGaps(), { filter: "" })) {
        if (row.result === "pass") passed++;
        if (row.result === "fail") wrong.push(`${row.case}: ${row.reason}`);
      }
      expect(wrong.length, `failed:\n${wrong.join("\n")}\n`).toBe(0);
      expect(passed).toBeGreaterThan(0);
    });
  }
}
