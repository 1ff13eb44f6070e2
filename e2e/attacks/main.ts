import { readFile, writeFile } from "node:fs/promises";
import { ATTACK, attacks, type Row } from "@isopod/core/testing";
import { paths } from "../harness/paths.ts";
import { readOptions, refuse } from "../../scripts/options.mjs";
import { runColumns } from "../matrix/columns.ts";
import { type Column, markdownTable } from "../matrix/table.ts";
import { compareRivals } from "./rivals.ts";
import { HEADING } from "./rivals/table.ts";
import { laterVerdicts, type Verdict, verdictOf } from "./verdict.ts";

const USAGE = `npm run attacks -- [--json] [--only node20,chromium,…] [--attack part-of-a-name] [--rivals]`;

/** Runs every column one after another; the answer is the exit code. */
export async function attack(args: string[]): Promise<number> {
  const values = readOptions(USAGE, { json: { type: "boolean" }, only: { type: "string" }, attack: { type: "string" }, rivals: { type: "boolean" } }, args);
  if (values.rivals) return compareRivals(values.json ?? false, values.attack ?? "");
  // With --json, stdout holds one object and nothing else; progress is for whoever watches.
  const progress = values.json ? process.stderr : process.stdout;
  const ran = await runColumns(values.only, `${ATTACK}${values.attack ?? ""}`, progress);
  if (typeof ran === "string") refuse(ran);
  const { rows, columns } = ran;

  const verdicts = [...rows.map(verdictOf), ...laterVerdicts()];
  const counted = verdicts.filter(({ ok }) => ok !== null);
  const survived = counted.filter(({ ok }) => ok).length;
  if (values.json) {
    say(JSON.stringify({ rows: verdicts, survived, total: counted.length }));
  } else {
    for (const { runtime, attack: name, outcome, ok } of verdicts) if (ok === false) say(`✗ ${runtime}: ${name}\n    ${outcome}`);
    const count = (outcome: string) => verdicts.filter((verdict) => verdict.outcome === outcome).length;
    say(`\n${survived} of ${counted.length} survived; ${count("n/a")} do not apply, ${count("later")} wait for later parts`);
  }
  // Part of the table is not the table.
  if (!values.only && !values.attack) {
    const file = new URL("attacks.md", paths.e2e);
    const [, others] = (await readFile(file, "utf8")).split(HEADING);
    await writeFile(file, page(rows, columns, verdicts) + (others === undefined ? "" : `\n${HEADING}${others}`));
  }
  return survived < counted.length || survived === 0 ? 1 : 0;
}

function page(rows: readonly Row[], columns: readonly Column[], verdicts: readonly Verdict[]): string {
  const named = rows.map((row) => ({ ...row, case: row.case.replace(ATTACK, "") }));
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const expected = attacks.map(({ name, expected: words }) => `| ${cell(name)} | ${cell(words)} |`);
  const later = verdicts.filter(({ outcome }) => outcome === "later").map(({ attack: name, expected: words, reason }) => `| ${cell(name)} | ${cell(words)} | ${reason} |`);
  return [
    "# Attacks\n",
    "Made by `npm run attacks`. ✓ survived, ✗ not, – does not apply there, for the reason below the table.\n",
    markdownTable(named, columns),
    "## What each must come to\n",
    "| attack | outcome |\n| --- | --- |",
    ...expected,
    "\n## What waits for later parts\n",
    "| attack | outcome | why |\n| --- | --- | --- |",
    ...later,
    "",
  ].join("\n");
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
