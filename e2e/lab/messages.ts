import type { ChaosReport, FuzzCase, Step } from "@isopod/core/testing";

/** What a runtime is asked to do besides the suite. Plain data both ways. */
export type Ask =
  | { readonly ask: "fuzz"; readonly cases: readonly FuzzCase[]; readonly unhardened?: boolean }
  | { readonly ask: "chaos"; readonly isolation: "inline" | "worker"; readonly seed: number; readonly iterations: number };

export interface Answers {
  readonly fuzz: readonly (readonly Step[])[];
  readonly chaos: ChaosReport & { readonly leakedWorkers: number };
}

export type Answer = { readonly ok: Answers["fuzz"] | Answers["chaos"] } | { readonly error: string };

/** A runtime that answers. */
export interface Lab {
  readonly name: string;
  fuzz(cases: readonly FuzzCase[]): Promise<Answers["fuzz"]>;
  close(): Promise<void>;
}
