import { bar } from "../terminal/bars.ts";
import { count, duration } from "../terminal/figures.ts";
import { cell } from "../terminal/layout.ts";
import { printable } from "../terminal/printable.ts";
import type { Screen } from "../terminal/screen.ts";
import type { BenchReport, BenchRow } from "./report.ts";

const LABEL = 12;
const WHERE = 8;
const VALUE = 12;

/** What is compared, and which way is better. */
const MEASURES: readonly { readonly name: string; readonly value: (row: BenchRow) => number; readonly text: (value: number) => string; readonly better: string }[] = [
  { name: "cold start", value: ({ coldMs }) => coldMs * 1e6, text: duration, better: "shorter is better" },
  { name: "p50", value: ({ p50us }) => p50us * 1000, text: duration, better: "" },
  { name: "p95", value: ({ p95us }) => p95us * 1000, text: duration, better: "" },
  { name: "calls/s", value: ({ callsPerSecond }) => callsPerSecond, text: count, better: "longer is better" },
];

/** The report as bars, a group a measure. */
export function show(report: BenchReport, { colours, columns }: Screen): string {
  const { file, op, abi, node, inputBytes, outputBytes, seconds, rows } = report;
  const room = columns - LABEL - WHERE - VALUE - 1;
  const sizes = inputBytes === null ? [] : [`${count(inputBytes)} bytes in, ${outputBytes === null ? "?" : count(outputBytes)} out`];
  const facts = [abi, ...sizes, `Node ${node}`, `${seconds} s`];
  const groups = MEASURES.map(({ name, value, text, better }) => {
    const most = Math.max(...rows.map(value));
    const lines = rows.map((row, index) => {
      const label = colours.bold(cell(index === 0 ? name : "", LABEL));
      return `${label}${cell(row.isolation, WHERE)}${colours.bar(cell(bar(value(row) / most, room), room))} ${cell(text(value(row)), -VALUE)}`;
    });
    return better === "" ? lines : [...lines, colours.dim(`${" ".repeat(LABEL + WHERE)}${better}`)];
  });
  const title = `${colours.bold(`${printable(file)} ${printable(op)}`)}\n${colours.dim(facts.join(", "))}`;
  return `${title}\n\n${groups.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
