import type { Here } from "./engine.ts";
import type { Used } from "./features.ts";
import { RUNTIMES, type Runtime } from "./runtimes.ts";

/** Whether a module can run somewhere, and why not. */
export interface Verdict {
  readonly runtime: string;
  /** `perhaps`: a toolchain names a feature that is missing there, and need not have used it. */
  readonly runs: "yes" | "perhaps" | "no";
  /** Features that are missing, or what else bars it; of what runs, what is to be minded. */
  readonly reasons: readonly string[];
}

/** What the verdicts are made from. */
export interface Evidence {
  readonly features: readonly Used[];
  readonly size: number;
  readonly here: Here;
  /** Why it cannot be loaded anywhere. */
  readonly barred: string | undefined;
}

/** One verdict a runtime, from the table of what each lacks and from what this engine says. */
export function verdicts(evidence: Evidence): Verdict[] {
  return RUNTIMES.map((runtime) => ({ runtime: runtime.name, ...judge(runtime, evidence) }));
}

function judge(runtime: Runtime, { features, size, here, barred }: Evidence): Omit<Verdict, "runtime"> {
  if (barred !== undefined) return { runs: "no", reasons: [barred] };
  const missing = features.filter((feature) => missingOf(runtime, feature).length > 0);
  const reasons = missing.flatMap((feature) => missingOf(runtime, feature));
  const isHere = here.runtime.startsWith(`${runtime.name}.`);
  // This very engine has the last word about itself: it has read the code, which the table has not.
  if (isHere && !here.compiles) return { runs: "no", reasons: missing.length > 0 ? reasons : [here.words!] };
  if (missing.some(({ certain }) => certain)) return { runs: "no", reasons };
  const notes = runtime.mostInline !== undefined && size > runtime.mostInline ? ["in workers only: the page takes 8 MiB at most"] : [];
  if (isHere) return { runs: "yes", reasons: notes };
  if (missing.length > 0) return { runs: "perhaps", reasons };
  // Refused for what the table does not know of: the others may well do the same.
  if (!here.compiles && !explains(here, features)) return { runs: "perhaps", reasons: [`${here.runtime}: ${here.words}`] };
  return { runs: "yes", reasons: notes };
}

function missingOf({ lacks }: Runtime, { oneOf }: Used): string[] {
  return oneOf.filter((name) => lacks.includes(name));
}

/** True where a feature of the module is one that this engine is known to lack. */
function explains(here: Here, features: readonly Used[]): boolean {
  const own = runtimeOf(here);
  return own !== undefined && features.some((feature) => missingOf(own, feature).length > 0);
}

/** What is known of the engine that runs this. */
function runtimeOf(here: Here): Runtime | undefined {
  return RUNTIMES.find(({ name }) => here.runtime.startsWith(`${name}.`));
}
