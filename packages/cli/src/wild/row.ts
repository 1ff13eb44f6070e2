/** What became of one file. */
export interface Row {
  /** Its path below the folder. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** What it was recognised as, be it an ABI that does not run yet or the toolchain whose JavaScript it needs; null where nothing was. */
  readonly abi: string | null;
  /** Why it is of that ABI; where it is of none or fails, why. */
  readonly reason: string;
  readonly loads: boolean;
  /** Whether an operation came back by the ABI's own means, with an error of the guest's too; null where none was called. */
  readonly calls: boolean | null;
  /** The code of the first failure; `crashed` or `hung` where the process had to be given up. */
  readonly error: string | null;
}

/** What `npm run wild -- DIR --json` prints. */
export interface Wild {
  readonly rows: readonly Row[];
  readonly loaded: number;
  /** Files of which an operation came back. */
  readonly called: number;
  /** Files that do not load. */
  readonly refused: number;
  readonly total: number;
}

/** What is found out of a file, without what it is called. */
export type Finding = Omit<Row, "file" | "size">;

export function totals(rows: readonly Row[]): Wild {
  const loaded = rows.filter(({ loads }) => loads).length;
  return { rows, loaded, called: rows.filter(({ calls }) => calls === true).length, refused: rows.length - loaded, total: rows.length };
}

/** True where Isopod itself is to be mended. */
export function isBroken({ error }: Row): boolean {
  return error === "crashed" || error === "hung";
}
