import { failure } from "../errors.ts";
import type { Inspected } from "../wasm/types.ts";
import type { Abi } from "./abi.ts";
import { few } from "./exports.ts";

export interface Detected {
  readonly abi: Abi;
  readonly reason: string;
}

/** What was recognised and does not run here: a toolchain's output that needs its own JavaScript, or an ABI to come. */
export interface Foreign {
  /** A sentence: what it is, and what its user can do. */
  readonly message: string;
  readonly details: Record<string, unknown>;
}

/** From this rank on the module names its ABI itself, so nobody need recognise it. */
const CERTAIN = 2;

/**
 * Chooses the ABI: the one asked for, else the one the module says most about.
 * @throws `abi_unknown`, `abi_ambiguous`, `unsupported`
 */
export function detect(inspected: Inspected, abis: readonly Abi[], wanted?: string, foreign?: (inspected: Inspected) => Foreign | undefined): Detected {
  const tried = abis.map(({ name }) => name);
  if (wanted !== undefined) {
    const abi = abis.find(({ name }) => name === wanted);
    if (abi) return { abi, reason: "asked for by `abi`" };
    throw failure("abi_unknown", `abi must be one of ${few(tried)}, not "${wanted}"`, { tried });
  }

  let rank = -1;
  let best: Detected[] = [];
  for (const abi of abis) {
    const match = abi.match(inspected);
    if (!match || match.rank < rank) continue;
    if (match.rank > rank) best = [];
    rank = match.rank;
    best.push({ abi, reason: match.reason });
  }
  const found = rank < CERTAIN ? foreign?.(inspected) : undefined;
  if (found) throw failure("unsupported", found.message, found.details);
  if (best.length === 1) return best[0]!;
  const candidates = best.map(({ abi, reason }) => ({ abi: abi.name, reason }));
  if (rank < 0) throw failure("abi_unknown", `this is none of ${few(tried)}; it exports ${few(inspected.exports.map(({ name }) => name))}`, { tried });
  throw failure("abi_ambiguous", `say by \`abi\` which it is: ${candidates.map(({ abi, reason }) => `${abi} (${reason})`).join(", ")}`, { candidates });
}
