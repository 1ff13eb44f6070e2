import { cell, wrap } from "../terminal/layout.ts";
import { printable } from "../terminal/printable.ts";
import type { Screen } from "../terminal/screen.ts";
import { isMendable, type Report } from "./report.ts";
import { RUNTIMES } from "./runtimes.ts";
import type { Verdict } from "./verdicts.ts";

const NAME = 10;
const VERDICT = 9;

/** Where it can run, a line each; where all say the same, one line. */
export function showRuntimes({ runtimes, error, here, needs }: Report, screen: Screen): string[] {
  const { colours, columns } = screen;
  const title = colours.bold("Runs on");
  if (error && !isMendable(error)) return [`${title} nothing yet: ${error.code}`];
  const lines = runtimes.flatMap((verdict) => rows(verdict, screen));
  const remark = here.compiles ? [] : [`  ${colours.dim(`${here.runtime}, which runs this, does not compile it`)}`];
  // Only whoever writes host functions wants to know where they can be waited for.
  const waits = needs && needs.functions.length > 0 ? wrap(waiting(), columns - 2).map((line) => `  ${colours.dim(line)}`) : [];
  return [title, ...lines, ...remark, ...waits];
}

function rows({ runtime, runs, reasons }: Verdict, { colours, columns }: Screen): string[] {
  const style = { yes: colours.good, perhaps: colours.unsure, no: colours.bad }[runs];
  const text = `${runs === "yes" ? "" : "lacks "}${reasons.join(", ")}`;
  const [first = "", ...more] = reasons.length === 0 ? [] : wrap(printable(text), columns - 2 - NAME - VERDICT);
  const indent = " ".repeat(2 + NAME + VERDICT);
  return [`  ${cell(runtime, NAME)}${style(cell(runs, VERDICT))}${first}`.trimEnd(), ...more.map((line) => indent + line)];
}

function waiting(): string {
  const never = RUNTIMES.filter(({ waits }) => !waits.inline && !waits.worker).map(({ name }) => name);
  const workers = RUNTIMES.filter(({ waits }) => !waits.inline && waits.worker).map(({ name }) => name);
  return `Host functions that are async run everywhere but on ${never.join(", ")}; on ${workers.join(" and ")} in workers only.`;
}
