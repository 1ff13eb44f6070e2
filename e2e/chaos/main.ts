import { namesOf, numberOf, readOptions } from "../../scripts/options.mjs";
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
  const values = readOptions(USAGE, { iterations: { type: "string", default: "10000" }, seed: { type: "string", default: String(Date.now() % 1e9) }, json: { type: "boolean" }, only: { type: "string" } }, args);
  const all = numberOf("--iterations", values.iterations, "whole");
  const seed = numberOf("--seed", values.seed, "whole");
  const only = namesOf("--only", values.only, ["node", "chromium"] as const);
  const places = only.flatMap((runtime) => (["worker", "inline"] as const).map((isolation) => ({ runtime, isolation })));
  const columns: Column[] = [];
  for (const [index, { runtime, isolation }] of places.entries()) {
    const iterations = Math.floor(((index + 1) * all) / places.length) - Math.floor((index * all) / places.length);
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

/** One page for all of it: a page has room for 124 memories, and what was given up must make room for what comes. */
async function inChromium(options: Options): Promise<Answers["chaos"]> {
  const lab = await chromiumLab();
  try {
    return { ...(await lab.chaos(options)), memory: [] };
  } finally {
    await lab.close();
  }
}
