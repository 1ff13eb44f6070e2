import type { Row } from "@isopod/core/testing";
import { runtimes } from "../runtimes/index.ts";
import { conform } from "./conform.ts";
import { readGaps } from "./gaps.ts";
import { type Column, GLYPH } from "./table.ts";

export interface Columns {
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
}

/**
 * Runs the cases whose name holds the filter, column after column, and shows each as it ends.
 *
 * @param only names of runtimes, with commas between them; all of them by default
 * @returns a sentence where one of them is called nothing of the kind
 */
export async function runColumns(only: string | undefined, filter: string, progress: NodeJS.WritableStream): Promise<Columns | string> {
  const all = runtimes();
  const named = only?.split(",");
  const strange = named?.filter((name) => !all.some((runtime) => runtime.name === name)) ?? [];
  if (strange.length > 0) return `No runtime is called ${strange.join(" or ")}; there are ${all.map(({ name }) => name).join(", ")}.`;

  const gaps = await readGaps();
  const rows: Row[] = [];
  const columns: Column[] = [];
  for (const runtime of all.filter(({ name }) => named?.includes(name) ?? true)) {
    for (const isolation of runtime.isolations) {
      columns.push({ runtime: runtime.name, isolation });
      const start = performance.now();
      progress.write(`${`${runtime.name} ${isolation}`.padEnd(18)}`);
      for await (const row of conform(runtime, isolation, gaps, { filter })) {
        rows.push(row);
        progress.write(GLYPH[row.result]);
      }
      progress.write(` ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
    }
  }
  return { rows, columns };
}
