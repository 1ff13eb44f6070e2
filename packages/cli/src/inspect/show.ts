import { bar } from "../terminal/bars.ts";
import { count, size } from "../terminal/figures.ts";
import { beside, cell, fit, widthOf } from "../terminal/layout.ts";
import { printable } from "../terminal/printable.ts";
import type { Screen } from "../terminal/screen.ts";
import type { Item, Report } from "./report.ts";
import { showRuntimes } from "./show-runtimes.ts";

const INDENT = 2;
const LABEL = 12;
/** Most items of a list that a terminal shows. */
const BRIEF = 24;
const WIDEST_NAME = 34;

/** The report as a person reads it. */
export function show(report: Report, screen: Screen): string {
  const parts = [head(report, screen), facts(report, screen), ...lists(report, screen), sections(report, screen), showRuntimes(report, screen)];
  return `${parts.filter((part) => part.length > 0).map((part) => part.join("\n")).join("\n\n")}\n`;
}

function head({ file, size: bytes, integrity }: Report, { colours }: Screen): string[] {
  return [`${colours.bold(printable(file))}  ${count(bytes)} bytes`, colours.dim(integrity)];
}

/** Labels on the left, what they say beside them. */
function facts(report: Report, { colours, columns, brief }: Screen): string[] {
  const { abi, reason, recognised, error, candidates, memories, features, operations, needs, wishes, start } = report;
  const lines: string[] = [];
  const fact = (label: string, text: string, style = (line: string) => line): void => {
    for (const line of beside(label, printable(text), LABEL, columns)) lines.push(colours.bold(line.slice(0, LABEL)) + style(line.slice(LABEL)));
  };
  if (abi !== null) fact("ABI", `${abi}, because it ${reason?.startsWith("asked") ? "was asked for" : reason}`);
  else if (recognised !== null) fact("ABI", reason === null ? recognised : `${recognised}, because it ${reason}`);
  const named = abi !== null || recognised !== null;
  if (error) fact(named ? "" : "ABI", `${named ? "" : "none. "}${error.code}: ${error.message}`, colours.bad);
  for (const { abi: other, rank, reason: why } of candidates) {
    if (other === abi) continue;
    if (rank !== null) fact("", abi === null ? `${other}: ${why}` : `also ${other}, which says less: ${why}`, colours.dim);
    else if (abi === null) fact("", `not ${other}: ${why}`, colours.dim);
  }
  if (operations.length > 0) fact("Operations", listed(operations, brief));
  for (const [index, { minimum, maximum, shared, wide }] of memories.entries()) {
    const kind = `${shared ? ", shared" : ""}${wide ? ", 64-bit" : ""}`;
    fact(index === 0 ? "Memory" : "", `${size(minimum * 65_536)}, may grow to ${maximum === null ? "what the engine allows" : size(maximum * 65_536)}${kind}`);
  }
  if (report.form === "module") fact("Features", features.join(", ") || "none beyond the first WebAssembly");
  if (start) fact("Start", "runs a function while it is instantiated");
  for (const [index, text] of needed(needs).entries()) fact(index === 0 ? "Needs" : "", text, text === NOTHING ? undefined : colours.unsure);
  for (const [index, { option, because, without }] of wishes.entries()) fact(index === 0 ? "May use" : "", `${option} for ${because}; without it ${without}`);
  return lines;
}

const NOTHING = "nothing of the host";

function needed(needs: Report["needs"]): string[] {
  if (!needs) return [];
  const lines = [
    ...needs.functions.map(({ module, name, type }) => `functions: ${module}.${name} ${type ?? ""}`),
    ...needs.modules.map(({ module, name, kind }) => `modules: ${module}, which exports the ${kind} ${name}`),
  ];
  return lines.length > 0 ? lines : [NOTHING];
}

function listed(names: readonly string[], brief: boolean): string {
  const shown = (brief ? names.slice(0, BRIEF) : names).join(", ");
  return brief && names.length > BRIEF ? `${shown} and ${names.length - BRIEF} more` : shown;
}

/** Imports under the module that they come from, then exports. */
function lists({ imports, exports }: Report, screen: Screen): string[][] {
  const blocks: string[][] = [];
  for (const module of new Set(imports.map((item) => item.module ?? ""))) {
    const items = imports.filter((item) => item.module === module);
    blocks.push(list(`Imports from ${printable(module) || '""'}`, items, screen));
  }
  if (exports.length > 0) blocks.push(list("Exports", exports, screen));
  return blocks;
}

function list(title: string, items: readonly Item[], { colours, columns, brief }: Screen): string[] {
  const shown = brief ? items.slice(0, BRIEF) : items;
  const width = widest(shown.map(({ name }) => printable(name)));
  const lines = shown.map(({ name, kind, type }) => {
    const left = widthOf(printable(name)) > width && !brief ? printable(name) : cell(printable(name), width);
    const right = type ?? kind;
    return `${" ".repeat(INDENT)}${left}  ${colours.dim(brief ? fit(right, columns - INDENT - width - 2) : right)}`;
  });
  const rest = items.length - shown.length;
  const heading = brief ? fit(title, columns - 8) : title;
  return [`${colours.bold(heading)} ${colours.dim(`(${items.length})`)}`, ...lines, ...(rest > 0 ? [colours.dim(`  … and ${rest} more, in a pipe or by --json`)] : [])];
}

function sections({ sections: all, size: total }: Report, { colours, columns }: Screen): string[] {
  if (all.length === 0) return [];
  const named = all.map(({ name, custom, size: bytes }) => ({ name: custom ? `custom ${printable(JSON.stringify(name))}` : name, bytes }));
  const rest = INDENT + 2 + 12 + 6;
  const width = Math.min(widest(named.map(({ name }) => name)), columns - rest - 1);
  const room = columns - rest - width;
  const most = named.reduce((most, { bytes }) => Math.max(most, bytes), 1);
  return [
    `${colours.bold("Sections")} ${colours.dim(`(${all.length})`)}`,
    ...named.map(({ name, bytes }) => {
      const share = total > 0 ? (bytes / total) * 100 : 0;
      return `  ${cell(name, width)}  ${colours.bar(cell(bar(bytes / most, room), room))}${cell(count(bytes), -12)}${cell(`${share.toFixed(share < 9.95 ? 1 : 0)} %`, -6)}`.trimEnd();
    }),
  ];
}

function widest(names: readonly string[]): number {
  return names.reduce((most, name) => Math.max(most, Math.min(widthOf(name), WIDEST_NAME)), 0);
}
