import { IsopodError } from "../errors.ts";
import type { Inspected } from "../wasm/types.ts";
import type { Abi } from "./abi.ts";

export interface Detected {
  readonly abi: Abi;
  readonly reason: string;
}

/** A toolchain whose output needs that toolchain's own JavaScript, and what its user can do. */
export interface Foreign {
  readonly toolchain: string;
  readonly advice: string;
}

/** From this rank on the module names its ABI itself, so no look at its toolchain is needed. */
const CERTAIN = 2;

/**
 * Chooses the ABI: the one asked for, else the one the module says most about.
 * @throws `abi_unknown`, `abi_ambiguous`, `unsupported`
 */
export function detect(inspected: Inspected, abis: readonly Abi[], wanted?: string, foreign?: (inspected: Inspected) => Foreign | undefined): Detected {
  if (inspected.form === "component") throw new IsopodError("unsupported", "this is a WebAssembly component, and this version runs core modules: build the plugin as a module");
  if (wanted !== undefined) return chosen(abis, wanted);

  const matches = abis.flatMap((abi) => {
    const match = abi.match(inspected);
    return match ? [{ abi, ...match }] : [];
  });
  const rank = Math.max(-1, ...matches.map((match) => match.rank));
  const best = matches.filter((match) => match.rank === rank);
  const found = rank < CERTAIN ? foreign?.(inspected) : undefined;
  if (found) throw new IsopodError("unsupported", `this module was built for ${found.toolchain}, whose own JavaScript it needs: ${found.advice}`, { details: { toolchain: found.toolchain } });
  if (best.length === 1) return { abi: best[0]!.abi, reason: best[0]!.reason };

  const candidates = best.map(({ abi, reason }) => ({ abi: abi.name, reason }));
  if (best.length > 1) {
    const list = candidates.map(({ abi, reason }) => `${abi} (${reason})`).join(", ");
    throw new IsopodError("abi_ambiguous", `the plugin could be ${list}: say which by \`abi\``, { details: { candidates } });
  }
  throw new IsopodError("abi_unknown", `the plugin matches none of ${names(abis)}: ${summary(inspected)}`, { details: { tried: abis.map(({ name }) => name) } });
}

function chosen(abis: readonly Abi[], wanted: string): Detected {
  const abi = abis.find(({ name }) => name === wanted);
  if (abi) return { abi, reason: `asked for by \`abi: "${wanted}"\`` };
  throw new IsopodError("abi_unknown", `abi must be one of ${names(abis)}, and is "${wanted}"`, { details: { tried: abis.map(({ name }) => name) } });
}

function names(abis: readonly Abi[]): string {
  return abis.map(({ name }) => name).join(", ");
}

function summary({ imports, exports }: Inspected): string {
  const modules = [...new Set(imports.map(({ module }) => module))];
  return `it imports from ${modules.slice(0, 5).join(", ") || "nothing"} and exports ${exports.slice(0, 5).map(({ name }) => name).join(", ") || "nothing"}`;
}
