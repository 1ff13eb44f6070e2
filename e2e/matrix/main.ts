import { writeFile } from "node:fs/promises";
import type { Row } from "@isopod/core/testing";
import { paths } from "../harness/paths.ts";
import { readOptions, refuse } from "../../scripts/options.mjs";
import { runColumns } from "./columns.ts";
import { markdownTable, textTable } from "./table.ts";

/** What stands above the table of matrix.md. */
const HEAD = "# Conformance\n\nMade by `npm run matrix`. ✓ passed, ✗ failed, – skipped, for the reason below the table; blank: a case of other runtimes.\n\n";
const USAGE = `npm run matrix -- [--json] [--only node20,chromium,…] [--case part-of-a-name]`;

/** Runs every column one after another; the answer is the exit code. */
export async function matrix(args: string[]): Promise<number> {
  const values = readOptions(USAGE, { json: { type: "boolean" }, only: { type: "string" }, case: { type: "string" } }, args);
  // With --json, stdout holds one object and nothing else; progress is for whoever watches.
  const progress = values.json ? process.stderr : process.stdout;
  const ran = await runColumns(values.only, values.case ?? "", progress);
  if (typeof ran === "string") refuse(ran);
  const { rows, columns } = ran;

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
  if (!values.only && !values.case) await writeFile(new URL("matrix.md", paths.e2e), `${HEAD}${markdownTable(rows, columns)}`);
  // A run of no case is no success.
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
