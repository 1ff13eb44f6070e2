/** What `isopod test --json` prints. */
export interface TestReport {
  readonly file: string;
  readonly runtimes: readonly RuntimeReport[];
  readonly cases: readonly CaseReport[];
  /** Cases, each counted once a runtime; a runtime that was asked for by name and is not here is one failure. */
  readonly passed: number;
  readonly failed: number;
}

/** One runtime. */
export interface RuntimeReport {
  readonly runtime: string;
  readonly here: boolean;
  /** What to install, or why it did not start; null where it is here. */
  readonly reason: string | null;
}

/** One case in every runtime that is here. */
export interface CaseReport {
  readonly name: string;
  readonly op: string;
  readonly results: readonly CaseResult[];
}

/** One case in one runtime. */
export interface CaseResult {
  readonly runtime: string;
  readonly ok: boolean;
  /** Milliseconds from asking to the answer. */
  readonly ms: number;
  /** Null where it is ok. */
  readonly expected: string | null;
  /** The answer, or the error, as text. */
  readonly got: string;
}
