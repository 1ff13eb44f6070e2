/** What the command `isopod` finds out, for programs: the report of `inspect`, and the types of every `--json`. @module */
export { report, type Item, type Report } from "./inspect/report.ts";
export type { Candidate } from "./inspect/candidates.ts";
export type { Here } from "./inspect/engine.ts";
export type { Wish } from "./inspect/grants.ts";
export type { Verdict } from "./inspect/verdicts.ts";
export type { BenchReport, BenchRow } from "./bench/report.ts";
export type { CaseReport, CaseResult, RuntimeReport, TestReport } from "./test/report.ts";
