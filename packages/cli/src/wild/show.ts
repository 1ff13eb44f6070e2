import { count, counted, size } from "../terminal/figures.ts";
import { cell, fitEnd, widthOf } from "../terminal/layout.ts";
import { printable } from "../terminal/printable.ts";
import type { Screen } from "../terminal/screen.ts";
import { isBroken, type Row, type Wild } from "./row.ts";

const LONGEST_FILE = 40;
const LONGEST_REASON = 160;
const HEAD = ["file", "size", "ABI", "loads", "calls", "error", "why"];

/** A table, a line a file, and the totals. */
export function showWild({ rows, loaded, called, refused, total }: Wild, { colours }: Screen): string {
  if (total === 0) return "0 files: there is no .wasm file below this folder\n";
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column]!))));
  widths[6] = Math.min(widths[6]!, LONGEST_REASON);
  const table = lines.map((line, at) => {
    const text = line.map((part, column) => cell(part, widths[column]!)).join("  ").trimEnd();
    if (at === 0) return colours.bold(text);
    return isBroken(rows[at - 1]!) ? colours.bad(text) : text;
  });
  return `${table.join("\n")}\n\n${counted(total, "file")}: ${count(loaded)} loaded, ${count(called)} called, ${count(refused)} refused\n`;
}

function cells({ file, size: bytes, abi, loads, calls, error, reason }: Row): string[] {
  return [fitEnd(printable(file), LONGEST_FILE), size(bytes), abi ?? "–", loads ? "yes" : "no", calls === null ? "–" : calls ? "yes" : "no", error ?? "", printable(reason)];
}
