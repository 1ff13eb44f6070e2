import { ATTACK, attacks, laterAttacks, type Row } from "@isopod/core/testing";

/** One attack in one place. `ok` is null where the row has no meaning there, or waits for a part to come. */
export interface Verdict {
  readonly attack: string;
  readonly runtime: string;
  readonly outcome: string;
  readonly expected: string;
  readonly ok: boolean | null;
  readonly reason?: string;
}

const EXPECTED: Readonly<Record<string, string>> = Object.fromEntries(attacks.map(({ name, expected }) => [name, expected]));

/** What became of a case, as a row of the table of attacks. */
export function verdictOf({ case: name, runtime, isolation, result, reason, outcome }: Row): Verdict {
  const attack = name.startsWith(ATTACK) ? name.slice(ATTACK.length) : name;
  const row = { attack, runtime: `${runtime} ${isolation}`, expected: EXPECTED[attack] ?? "it does so" };
  if (result === "skip") return { ...row, outcome: "n/a", ok: null, reason: reason ?? "" };
  if (result === "fail") return { ...row, outcome: reason ?? "failed", ok: false };
  return { ...row, outcome: outcome ?? "as expected", ok: true };
}

/** Rows that no runtime can have yet: listed, and never counted as survived. */
export function laterVerdicts(): Verdict[] {
  return laterAttacks.map(({ name, expected, reason }) => ({ attack: name, runtime: "every", outcome: "later", expected, ok: null, reason }));
}
