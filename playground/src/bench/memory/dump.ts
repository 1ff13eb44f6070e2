import type { Range, Trace } from "./trace.ts";

/** Rows around what is marked, and most rows of one that is long. */
const AROUND = 1;
const MOST_ROWS = 12;

export type Mark = "argument" | "result" | "both" | undefined;

export interface Run {
  readonly mark: Mark;
  readonly bytes: readonly number[];
}

export interface Row {
  readonly address: number;
  readonly runs: readonly Run[];
}

/** The parts of memory that a person wants to see, row by row; undefined stands for what lies between. */
export function dump({ memory, argument, result }: Trace, width: number): (Row | undefined)[] {
  const wanted = new Set<number>();
  const last = Math.max(0, Math.ceil(memory.length / width) - 1);
  for (const range of [argument, result]) {
    if (!range || range.length === 0) continue;
    const first = Math.floor(range.pointer / width);
    const end = Math.min(Math.floor((range.pointer + range.length - 1) / width), first + MOST_ROWS);
    for (let row = first - AROUND; row <= end + AROUND; row++) if (row >= 0 && row <= last) wanted.add(row);
  }
  if (wanted.size === 0) for (let row = 0; row < Math.min(4, last + 1); row++) wanted.add(row);
  const rows: (Row | undefined)[] = [];
  let before = -1;
  for (const row of [...wanted].sort((a, b) => a - b)) {
    if (row !== before + 1) rows.push(undefined);
    rows.push({ address: row * width, runs: runs(memory, row * width, width, argument, result) });
    before = row;
  }
  if (before < last) rows.push(undefined);
  return rows;
}

function runs(memory: Uint8Array, from: number, width: number, argument: Range | undefined, result: Range | undefined): Run[] {
  const list: { mark: Mark; bytes: number[] }[] = [];
  for (let at = from; at < Math.min(from + width, memory.length); at++) {
    const mark = markOf(within(at, argument), within(at, result));
    if (list.at(-1)?.mark !== mark || list.length === 0) list.push({ mark, bytes: [] });
    list.at(-1)!.bytes.push(memory[at]!);
  }
  return list;
}

const within = (at: number, range: Range | undefined): boolean => range !== undefined && at >= range.pointer && at < range.pointer + range.length;

function markOf(argument: boolean, result: boolean): Mark {
  if (argument && result) return "both";
  return argument ? "argument" : result ? "result" : undefined;
}
