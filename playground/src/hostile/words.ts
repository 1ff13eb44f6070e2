import type { ErrorRecord } from "@isopod/core";
import { FAULTS } from "../bench/outcome/faults.ts";
import { count } from "../format.ts";

const THINGS: Readonly<Record<string, string>> = { fuel: "more fuel", memory: "more memory", time: "longer", output: "more output", hostCalls: "more host calls" };

/** What an error says, to a person. */
export function inWords({ code, details }: ErrorRecord): string {
  if (code === "limit") return `It wanted ${THINGS[String(details?.["limit"])] ?? "more"} than it may have.`;
  return `${FAULTS[code][0]}.`;
}

/** What a program reads: the facts, one a line. */
export function facts({ details = {} }: ErrorRecord): string {
  const lines = Object.entries(details).map(([name, value]) => `${name}: ${typeof value === "number" ? count(value) : JSON.stringify(value)}`);
  return lines.length === 0 ? "{}" : `{ ${lines.join(",\n  ")} }`;
}
