import { parseArgs } from "node:util";
import { chromiumLab } from "../lab/chromium.ts";
import type { Answers } from "../lab/messages.ts";
import { nodeLab } from "../lab/node.ts";

const USAGE = `npm run chaos -- [--iterations 10000] [--seed 1] [--json] [--only node,chromium]`;
/** Most bytes by which memory may grow over the second half of a run. */
const FLAT = 16 * 2 ** 20;

interface Column extends Omit<Answers["chaos"], "memory"> {
  readonly runtime: string;
  /** Bytes by which memory grew over the second half; undefined where it cannot be known. */
  readonly grown: number | undefined;
}

/** The iterations are shared out over runtimes and isolations; the answer is the exit code. */
export async function chaos(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { iterations: { type: "string", default: "10000" }, seed: { type: "string", default: String(Date.now() % 1e9) }, json: { type: "boolean" }, only: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) return process.stdout.write(`${USAGE}\n`), 0;
  const seed = Number(values.seed);
  const only = (values.only ?? "node,chromium").split(",");
  const places = only.flatMap((runtime) => (["worker", "inline"] as const).map((isolation) => ({ runtime, isolation })));
  const columns: Column[] = [];
  for (const [index, { runtime, isolation }] of places.entries()) {
    const iterations = Math.floor(((index + 1) * Number(values.iterations)) / places.length) - Math.floor((index * Number(values.iterations)) / places.length);
    const options = { isolation, iterations, seed: seed + index };
    const start = performance.now();
    const report = await (runtime === "node" ? inNode(options) : inChromium(options));
    const { memory, ...rest } = report;
    const grown = memory.length < 4 ? undefined : memory.at(-1)! - memory[Math.floor(memory.length / 2) - 1]!;
    const findings = grown !== undefined && grown > FLAT ? [...rest.findings, `memory grew by ${(grown / 2 ** 20).toFixed(1)} MiB over the second half`] : rest.findings;
    columns.push({ runtime: `${runtime} ${isolation}`, ...rest, findings, grown });
    if (!values.json) {
      const told = grown === undefined ? "" : `, memory ${grown < 0 ? "" : "+"}${(grown / 2 ** 20).toFixed(1)} MiB`;
      process.stdout.write(`${`${runtime} ${isolation}`.padEnd(18)}${report.iterations} iterations, ${report.unsettled} unsettled, ${report.leakedWorkers} workers left${told}, ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
      process.stdout.write(findings.map((finding) => `✗ ${finding}\n`).join(""));
    }
  }
  const sum = (of: (column: Column) => number) => columns.reduce((total, column) => total + of(column), 0);
  const total = { iterations: sum((column) => column.iterations), unsettled: sum((column) => column.unsettled), leakedWorkers: sum((column) => column.leakedWorkers) };
  const findings = columns.flatMap((column) => column.findings.map((finding) => `${column.runtime}: ${finding}`));
  if (values.json) process.stdout.write(`${JSON.stringify({ ...total, findings, seed, columns })}\n`);
  else process.stdout.write(`seed ${seed}: ${total.iterations} iterations, ${total.unsettled} unsettled, ${total.leakedWorkers} leaked workers, ${findings.length} findings\n`);
  return total.unsettled + total.leakedWorkers + findings.length > 0 || total.iterations === 0 ? 1 : 0;
}

type Options = { readonly isolation: "inline" | "worker"; readonly iterations: number; readonly seed: number };

/** A process for each, so that none inherits another's garbage. */
async function inNode(options: Options): Promise<Answers["chaos"]> {
  const lab = await nodeLab();
  try {
    return await lab.ask<"chaos">({ ask: "chaos", ...options });
  } finally {
    await lab.close();
  }
}

/**
 * A page has about 125 memories, and in a longer run there comes a moment, seen once in 4,000 iterations inline, in which Chromium
 * finds none for some calls, though nothing holds those that were given up (in Node all are collected). What is looked
 * for here lies elsewhere, so a page is left before that.
 */
const A_PAGE = 2000;

async function inChromium({ isolation, iterations, seed }: Options): Promise<Answers["chaos"]> {
  const reports: Answers["chaos"][] = [];
  for (let left = iterations; left > 0; left -= A_PAGE) {
    const lab = await chromiumLab();
    try {
      reports.push(await lab.chaos({ isolation, seed: seed + reports.length * 1000, iterations: Math.min(left, A_PAGE) }));
    } finally {
      await lab.close();
    }
  }
  const sum = (of: (report: Answers["chaos"]) => number) => reports.reduce((total, report) => total + of(report), 0);
  const done: Record<string, number> = {};
  for (const report of reports) for (const [what, count] of Object.entries(report.done)) done[what] = (done[what] ?? 0) + count;
  return {
    iterations: sum((report) => report.iterations),
    unsettled: sum((report) => report.unsettled),
    leakedWorkers: sum((report) => report.leakedWorkers),
    findings: reports.flatMap((report) => report.findings),
    memory: [],
    done,
  };
}
