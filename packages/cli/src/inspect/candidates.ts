import { everyAbi } from "@isopod/core/spi";
import type { Inspected } from "@isopod/core/inspect";

/** What one ABI says to a module. */
export interface Candidate {
  readonly abi: string;
  /** 3 imports of this ABI alone, 2 its exports, 1 a convention, 0 anything at all; null where it is not one of these. */
  readonly rank: 0 | 1 | 2 | 3 | null;
  readonly reason: string;
}

/** What was looked for in vain. */
const ABSENT: Readonly<Record<string, string>> = {
  extism: "imports nothing from extism:host/env",
  wapc: "imports nothing from wapc, exports no __guest_call",
  packed: "exports no memory with malloc and a function (i32, i32) -> i64",
  plain: "exports no function on numbers",
};

/** Every ABI, the strongest claim first. */
export function candidates(inspected: Inspected): Candidate[] {
  if (inspected.form === "component") return [];
  const all = everyAbi().map((abi): Candidate => {
    const found = abi.match(inspected);
    return found ? { abi: abi.name, rank: found.rank, reason: found.reason } : { abi: abi.name, rank: null, reason: ABSENT[abi.name] ?? "does not match" };
  });
  return all.toSorted((a, b) => (b.rank ?? -1) - (a.rank ?? -1));
}
