import { type ErrorRecord, isIsopodError, type LoadOptions, type Plugin } from "@isopod/core";

/** What the hostile guest is held to, on every shore. The fuel lasts for about a second, long enough for a stutter to be seen. */
export const LIMITS = { memory: "16MiB", fuel: 1e9, time: "20s", output: "64KiB", hostCalls: 1000, concurrency: 1 } as const satisfies LoadOptions["limits"];

/** Asked for when nothing is wrong, and again after each attack. */
export const GOOD = "version";

/** Operations of guests/conformance/hostile/turned.wat, and what each does to a person. */
export const ATTACKS = [
  { op: "loop", title: "Loop for ever", about: "Goes round and never returns. Its fuel runs out, where clocks stand still too." },
  { op: "bomb", title: "Take all memory", about: "Asks for a megabyte more until there is none." },
  { op: "forge", title: "Forge a pointer", about: "Answers with 64 bytes that begin inside of its memory and end behind it." },
  { op: "flood", title: "Flood the output", about: "Writes ten thousand lines of log, which are cut, and then a megabyte of answer." },
  { op: "nag", title: "Nag the host", about: "Calls a function that it was lent, for ever." },
] as const;

export type Op = (typeof ATTACKS)[number]["op"] | typeof GOOD;

/** What came of one attack. */
export interface Outcome {
  /** What its caller was told; absent where it was answered. */
  readonly error?: ErrorRecord;
  /** What the next call of the same plugin was answered. */
  readonly next: string;
  /** Of the attack alone, in ms, on a clock that does not stand still. */
  readonly ms?: number;
}

export function isOp(op: string): op is Op {
  return op === GOOD || ATTACKS.some((attack) => attack.op === op);
}

/** One attack, and then what one would have asked anyway: the same in the page, in Node and in workerd. */
export async function attack(plugin: Plugin, op: Op): Promise<Outcome> {
  const from = performance.now();
  let error: ErrorRecord | undefined;
  try {
    await plugin.call(op);
  } catch (thrown) {
    if (!isIsopodError(thrown)) throw thrown;
    error = thrown.toJSON();
  }
  const ms = performance.now() - from;
  return { ...(error && { error }), next: await plugin.call(GOOD, undefined, { as: "text" }), ms };
}
