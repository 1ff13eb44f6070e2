import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Row } from "@isopod/core/testing";
import { paths } from "../harness/paths.ts";
import { runtimes } from "../runtimes/index.ts";
import { conform } from "./conform.ts";
import { readGaps } from "./gaps.ts";
import { type Column, GLYPH, markdownTable, textTable } from "./table.ts";

const USAGE = `npm run matrix -- [--json] [--only node20,chromium,…] [--case part-of-a-name]`;

/** Runs every column one after another; the answer is the exit code. */
export async function matrix(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { json: { type: "boolean" }, only: { type: "string" }, case: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) return say(USAGE), 0;
  // With --json, stdout holds one object and nothing else; progress is for whoever watches.
  const progress = values.json ? process.stderr : process.stdout;
  const all = runtimes();
  const only = values.only?.split(",");
  const strange = only?.filter((name) => !all.some((runtime) => runtime.name === name)) ?? [];
  if (strange.length > 0) return say(`No runtime is called ${strange.join(" or ")}; there are ${all.map(({ name }) => name).join(", ")}.`), 2;

  const gaps = await readGaps();
  const rows: Row[] = [];
  const columns: Column[] = [];
  for (const runtime of all.filter(({ name }) => only?.includes(name) ?? true)) {
    for (const isolation of runtime.isolations) {
      columns.push({ runtime: runtime.name, isolation });
      const start = performance.now();
      progress.write(`${`${runtime.name} ${isolation}`.padEnd(18)}`);
      for await (const row of conform(runtime, isolation, gaps, { filter: values.case ?? "" })) {
        rows.push(row);
        progress.write(GLYPH[row.result]);
      }
      progress.write(` ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
    }
  }

  const count = (result: Row["result"]) => rows.filter((row) => row.result === result).length;
  const counts = { passed: count("pass"), failed: count("fail"), skipped: count("skip") };
  if (values.json) {
    say(JSON.stringify({ rows, ...counts }));
  } else {
    say(`\n${textTable(rows, columns)}\n`);
    for (const row of rows) if (row.result === "fail") say(`✗ ${row.runtime} ${row.isolation}: ${row.case}\n    ${row.reason}`);
    say(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
  // Part of a matrix is not the matrix.
  if (!only && !values.case) await writeFile(new URL("matrix.md", paths.e2e), `# Conformance\n\n${markdownTable(rows, columns)}`);
  // A run of no case is no success.
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
