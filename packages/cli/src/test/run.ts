import type { Case } from "./cases.ts";
import { NotHere } from "./find.ts";
import { judge, shown } from "./judge.ts";
import type { CaseReport, RuntimeReport, TestReport } from "./report.ts";
import type { Luggage, Runtime } from "./runtime.ts";
import { Seat } from "./seat.ts";
import type { Answer, Request } from "./wire.ts";

const MOST_WORDS = 300;

/** What is to be tested, where, and who wants to hear how it goes. */
export interface Wanted {
  readonly file: string;
  readonly luggage: Luggage;
  readonly cases: readonly (readonly [Case, Request])[];
  readonly runtimes: readonly Runtime[];
  /** Whether a runtime that is not here is a failure, because it was asked for by name. */
  readonly required: boolean;
  /** For each case, in milliseconds. */
  readonly timeout: number;
  readonly seats: Set<Seat>;
  readonly onOpening: (runtime: string) => void;
  readonly onRuntimes: (runtimes: readonly RuntimeReport[]) => void;
  readonly onCase: (report: CaseReport) => void;
}

/** Every case in every runtime that is here, case by case. */
export async function run(wanted: Wanted): Promise<TestReport> {
  const { file, luggage, cases, runtimes, required, seats, timeout } = wanted;
  const reports: RuntimeReport[] = [];
  for (const runtime of runtimes) {
    wanted.onOpening(runtime.name);
    const seat = new Seat(runtime, luggage);
    seats.add(seat);
    const reason = await seat.open().then(() => null, wordsOf);
    reports.push({ runtime: runtime.name, here: reason === null, reason });
    if (reason !== null) seats.delete(seat);
  }
  wanted.onRuntimes(reports);

  const done: CaseReport[] = [];
  for (const [about, request] of cases) {
    const answers = await Promise.all([...seats].map((seat) => timed(seat, request, timeout)));
    const first = answers[0]?.answer ?? { numbers: [] };
    const results = answers.map(({ runtime, answer, ms }) => {
      const difference = judge(about, answer, first);
      return { runtime, ok: difference === undefined, ms, expected: difference?.expected ?? null, got: shown(answer) };
    });
    const report = { name: about.name, op: about.op, results };
    wanted.onCase(report);
    done.push(report);
  }
  const results = done.flatMap(({ results: all }) => all);
  const missing = required ? reports.filter(({ here }) => !here).length : 0;
  const passed = results.filter(({ ok }) => ok).length;
  return { file, runtimes: reports, cases: done, passed, failed: results.length - passed + missing };
}

async function timed(seat: Seat, request: Request, timeout: number): Promise<{ runtime: string; answer: Answer; ms: number }> {
  const from = performance.now();
  const answer = await seat.ask(request, timeout);
  return { runtime: seat.runtime.name, answer, ms: Math.round((performance.now() - from) * 100) / 100 };
}

function wordsOf(error: Error): string {
  return error instanceof NotHere ? `not here: ${error.message}` : `does not start: ${error.message.replace(/\s+/g, " ").slice(0, MOST_WORDS)}`;
}
