import { counted } from "../terminal/figures.ts";
import { beside, cell } from "../terminal/layout.ts";
import { printable } from "../terminal/printable.ts";
import type { Screen } from "../terminal/screen.ts";
import type { CaseReport, RuntimeReport, TestReport } from "./report.ts";

const COLUMN = 13;
/** More of a value than this helps nobody. */
const MOST_VALUE = 400;

/** A table that is written as it comes to be known. */
export interface Table {
  head(file: string, runtimes: readonly RuntimeReport[]): string;
  row(report: CaseReport): string;
  end(report: TestReport): string;
}

/** A row a case, a column a runtime; what failed, and what is not here, after it. */
export function table({ colours, columns }: Screen): Table {
  let here: readonly RuntimeReport[] = [];
  const width = (): number => Math.max(16, columns - here.length * COLUMN);
  return {
    head(file, runtimes) {
      here = runtimes.filter((runtime) => runtime.here);
      const names = here.map(({ runtime }) => cell(runtime, COLUMN)).join("");
      return `${colours.bold(`${cell(printable(file), width() - 1)} ${names}`.trimEnd())}\n`;
    },
    row({ name, results }) {
      const marks = results.map(({ ok, got }) => (ok ? colours.good(cell("✓", COLUMN)) : colours.bad(cell(got.startsWith("aborted:") ? "✗ too late" : "✗", COLUMN))));
      return `${cell(printable(name), width() - 1)} ${marks.join("")}`.trimEnd() + "\n";
    },
    end(report) {
      const parts = [...report.cases.flatMap((one) => failures(one, { colours, columns, brief: true })), absent(report.runtimes, { colours, columns, brief: true }), summary(report, colours)];
      return `\n${parts.filter((part) => part !== "").join("\n\n")}\n`;
    },
  };
}

/** The same failure in several runtimes is told once. */
function failures({ name, results }: CaseReport, { colours, columns }: Screen): string[] {
  const groups = new Map<string, string[]>();
  for (const { ok, runtime, expected, got } of results) {
    if (ok) continue;
    const lines = [...beside("  expected", printable(limited(expected ?? "")), 12, columns), ...beside("  got", printable(limited(got)), 12, columns)].join("\n");
    groups.set(lines, [...(groups.get(lines) ?? []), runtime]);
  }
  return [...groups].map(([lines, where]) => `${colours.bad("✗")} ${colours.bold(printable(name))} ${colours.dim(where.length === results.length ? "everywhere" : where.join(", "))}\n${lines}`);
}

function absent(runtimes: readonly RuntimeReport[], { colours, columns }: Screen): string {
  const lines = runtimes.filter(({ here }) => !here).flatMap(({ runtime, reason }) => beside(`– ${runtime}`, printable(reason ?? ""), COLUMN, columns));
  return lines.map((line) => colours.unsure(line)).join("\n");
}

function summary({ passed, failed, cases, runtimes }: TestReport, colours: Screen["colours"]): string {
  const here = runtimes.filter((runtime) => runtime.here).length;
  const where = `${counted(cases.length, "case")} in ${counted(here, "runtime")}`;
  return failed === 0 ? colours.good(`All ${passed} passed: ${where}.`) : colours.bad(`${failed} failed, ${passed} passed: ${where}.`);
}

function limited(text: string): string {
  return text.length > MOST_VALUE ? `${text.slice(0, MOST_VALUE)}…` : text;
}
