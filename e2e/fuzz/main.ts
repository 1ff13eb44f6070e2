import { alike, broken, type FuzzCase, makeCase, type Step } from "@isopod/core/testing";
import { chromiumLab } from "../lab/chromium.ts";
import type { Lab } from "../lab/messages.ts";
import { nodeLab, type NodeLab } from "../lab/node.ts";
import { workerdLab } from "../lab/workerd.ts";
import { namesOf, numberOf, readOptions } from "../../scripts/options.mjs";
import { step } from "../../scripts/progress.mjs";
import { keep, readFindings, readSeedlings } from "./corpus.ts";

const USAGE = `npm run fuzz -- [--minutes 1] [--seed 1] [--json] [--only node,chromium,workerd]`;
/** Cases that a runtime is given at a time. */
const BATCH = 40;
/** A batch that takes longer than this has hung, whatever its limits say. */
const BATCH_MS = 120_000;
/** The least share of runs that must get as far as the guest's own code. */
const SHARE = 0.3;

type Outcome = readonly (readonly Step[])[];

/** `fetch` says only that it failed: why, its cause says. */
function wordsOf({ message, cause }: Error): string {
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}

/** Makes cases until the time is over, and has every runtime run each; the answer is the exit code. */
export async function fuzz(args: string[]): Promise<number> {
  const values = readOptions(USAGE, { minutes: { type: "string", default: "1" }, seed: { type: "string", default: String(Date.now() % 1e9) }, json: { type: "boolean" }, only: { type: "string" } }, args);
  const start = { node: nodeLab, chromium: chromiumLab, workerd: workerdLab } satisfies Record<string, () => Promise<Lab>>;
  const wanted = namesOf("--only", values.only, ["node", "chromium", "workerd"] as const);
  const minutes = numberOf("--minutes", values.minutes, "above 0");
  const seed = numberOf("--seed", values.seed, "whole");
  const seedlings = await readSeedlings();
  const kept = (await readFindings()).map((finding) => finding.case);

  const labs: Lab[] = [];
  const count = { runs: 0, executed: 0, compared: 0, unhardened: 0 };
  const findings: string[] = [];
  const shown = step("Fuzzing");
  try {
    for (const name of wanted) labs.push(await start[name]());
    const until = performance.now() + minutes * 60_000;
    for (let next = seed; performance.now() < until && findings.length < 20; ) {
      // What was found once is tried first.
      const cases = count.runs === 0 && kept.length > 0 ? kept : Array.from({ length: BATCH }, () => makeCase(next++, seedlings));
      const outcomes = await Promise.all(labs.map((lab, index) => bounded(lab, cases).catch(async (error: Error): Promise<Outcome> => {
        findings.push(`${lab.name}, seeds ${cases[0]!.seed} to ${cases.at(-1)!.seed}: ${wordsOf(error)}`);
        await lab.close();
        labs[index] = await start[lab.name as keyof typeof start]();
        return [];
      })));
      const free = labs.find((lab): lab is NodeLab => "unhardened" in lab);
      const bare = free && (await besides(free, cases, outcomes[labs.indexOf(free)]!).catch((error: Error): Outcome => {
        findings.push(`unhardened, seeds ${cases[0]!.seed} to ${cases.at(-1)!.seed}: ${error.message}`);
        return [];
      }));
      for (const [index, each] of cases.entries()) {
        const seen: Record<string, readonly Step[]> = {};
        labs.forEach(({ name }, lab) => {
          const steps = outcomes[lab]![index];
          if (steps) seen[name] = steps;
        });
        if (bare?.[index]?.length) seen["unhardened"] = bare[index];
        count.runs++;
        if (Object.values(seen).some((steps) => steps.some(({ entered }) => entered))) count.executed++;
        if (Object.keys(seen).length > 1) count.compared++;
        if (seen["unhardened"]) count.unhardened++;
        const why = wrong(seen);
        if (!why) continue;
        findings.push(`seed ${each.seed}: ${why}`);
        await keep({ why, case: each, seen });
      }
      shown.note(`${count.runs} runs, ${count.executed} ran the guest, ${findings.length} findings`);
    }
  } finally {
    shown.end();
    await Promise.all(labs.map((lab) => lab.close()));
  }
  const share = count.runs > 0 ? count.executed / count.runs : 0;
  if (values.json) process.stdout.write(`${JSON.stringify({ seed, ...count, share, runtimes: wanted, findings })}\n`);
  else {
    process.stdout.write(`${findings.map((finding) => `✗ ${finding}\n`).join("")}`);
    process.stdout.write(`seed ${seed}: ${count.runs} runs, ${(share * 100).toFixed(0)} % ran the guest, ${count.compared} compared, ${count.unhardened} also unhardened, ${findings.length} findings\n`);
  }
  return findings.length > 0 || share < SHARE ? 1 : 0;
}

/** What must never be seen, or what one runtime says and another does not. */
function wrong(seen: Readonly<Record<string, readonly Step[]>>): string | undefined {
  const [first, ...others] = Object.entries(seen);
  for (const [name, steps] of Object.entries(seen)) {
    const never = broken(steps);
    if (never) return `${name}: ${never}`;
  }
  const other = others.find(([, steps]) => first && !alike(first[1], steps));
  return other && `${first![0]} and ${other[0]} differ: ${words(first![1])} against ${words(other[1])}`;
}

const words = (steps: readonly Step[]): string => steps.map(({ outcome }) => outcome.slice(0, 60)).join(", ");

function bounded(lab: Lab, cases: readonly FuzzCase[]): Promise<Outcome> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => (timer = setTimeout(() => reject(new Error(`no answer within ${BATCH_MS / 1000} s`)), BATCH_MS)));
  return Promise.race([lab.fuzz(cases), late]).finally(() => clearTimeout(timer));
}

/** Those that came to an end by themselves, once more without limits: what was rewritten must answer as what was not. */
async function besides(lab: NodeLab, cases: readonly FuzzCase[], hardened: Outcome): Promise<Outcome> {
  const ends = cases.map((_, index) => {
    const steps = hardened[index] ?? [];
    return steps.length > 0 && steps[0]!.outcome === "loaded" && !steps.some(({ outcome }) => outcome.startsWith("limit") || outcome === "trap: stack");
  });
  const answers = await lab.unhardened(cases.filter((_, index) => ends[index]));
  let next = 0;
  return ends.map((ended) => (ended ? (answers[next++] ?? []) : []));
}
