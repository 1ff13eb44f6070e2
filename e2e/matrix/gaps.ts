import { readFile } from "node:fs/promises";
import type { ProbeName } from "@isopod/core/testing";
import { paths } from "../harness/paths.ts";

/** A fact of a platform that Isopod cannot change. `*` is every runtime that has this isolation. */
export interface Gap {
  readonly runtime: string;
  readonly isolation: string;
  readonly probe: ProbeName;
  readonly reason: string;
}

export async function readGaps(): Promise<Gap[]> {
  return JSON.parse(await readFile(new URL("gaps.json", paths.e2e), "utf8")) as Gap[];
}

/** The gaps listed for one column, held against what was found there: each answer of `wrong` is a failure. */
export class Gaps {
  readonly #listed: ReadonlyMap<string, Gap>;

  constructor(gaps: readonly Gap[], runtime: string, isolation: string) {
    const here = gaps.filter((gap) => (gap.runtime === runtime || gap.runtime === "*") && gap.isolation === isolation);
    this.#listed = new Map(here.map((gap) => [gap.probe, gap]));
  }

  reason(probe: string): string | undefined {
    return this.#listed.get(probe)?.reason;
  }

  *wrong(probes: Readonly<Record<string, boolean>>): Generator<{ probe: string; reason: string }> {
    for (const [probe, there] of Object.entries(probes)) {
      const listed = this.#listed.has(probe);
      if (there && listed) yield { probe, reason: "the gap has closed: remove it from e2e/gaps.json" };
      if (!there && !listed) yield { probe, reason: "missing here, and e2e/gaps.json does not say why" };
    }
    for (const probe of this.#listed.keys()) {
      if (!(probe in probes)) yield { probe, reason: "e2e/gaps.json lists a probe that does not exist" };
    }
  }
}
