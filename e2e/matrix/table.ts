import type { Row } from "@isopod/core/testing";

export const GLYPH = { pass: "✓", fail: "✗", skip: "–" } as const;

export interface Column {
  readonly runtime: string;
  readonly isolation: string;
}

/** Cases × columns, in the order in which they first appeared. */
class Grid {
  readonly cases: string[];
  readonly #cells: ReadonlyMap<string, Row>;

  constructor(rows: readonly Row[]) {
    this.cases = [...new Set(rows.map((row) => row.case))];
    this.#cells = new Map(rows.map((row) => [`${row.case}\n${row.runtime}\n${row.isolation}`, row]));
  }

  cell(name: string, { runtime, isolation }: Column): Row | undefined {
    return this.#cells.get(`${name}\n${runtime}\n${isolation}`);
  }
}

/** For the terminal: columns are numbered, since their names are wider than what they hold. */
export function textTable(rows: readonly Row[], columns: readonly Column[]): string {
  const grid = new Grid(rows);
  const width = Math.max(4, ...grid.cases.map((name) => name.length));
  const head = columns.map((_, i) => String(i + 1).padStart(3)).join("");
  const legend = columns.map(({ runtime, isolation }, i) => `${String(i + 1).padStart(3)} ${runtime} ${isolation}`);
  const lines = grid.cases.map((name) => {
    const cells = columns.map((column) => (grid.cell(name, column) ? GLYPH[grid.cell(name, column)!.result] : " ").padStart(3));
    return `${name.padEnd(width)}${cells.join("")}`;
  });
  return [...legend, "", `${"".padEnd(width)}${head}`, ...lines].join("\n");
}

/** For matrix.md: a footnote for every reason. */
export function markdownTable(rows: readonly Row[], columns: readonly Column[]): string {
  const grid = new Grid(rows);
  const notes: string[] = [];
  const note = (reason: string) => {
    if (!notes.includes(reason)) notes.push(reason);
    return `<sup>${notes.indexOf(reason) + 1}</sup>`;
  };
  const cell = (row: Row | undefined) => (row ? `${GLYPH[row.result]}${row.reason ? note(`${row.result}: ${row.reason}`) : ""}` : "");
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(["case", ...columns.map(({ runtime, isolation }) => `${runtime} ${isolation}`)]),
    line(["---", ...columns.map(() => ":-:")]),
    ...grid.cases.map((name) => line([name.replaceAll("|", "\\|"), ...columns.map((column) => cell(grid.cell(name, column)))])),
    "",
    ...notes.map((reason, i) => `${i + 1}. ${reason.replaceAll(/\s+/g, " ").replaceAll("|", "\\|")}`),
    "",
  ].join("\n");
}
