import { ATTACK, attackCases, type Case, cases, type Ground, runSuite } from "@isopod/core/testing";
import type { Emit } from "./events.ts";

/** Longer than the slowest case on a slow machine, shorter than harness/event-queue.ts waits. */
const CASE_MS = 120_000;

/**
 * Runs the suite, and the cases that only this runtime has, as far as their names contain `filter`; a filter that begins
 * as the names of attacks do is for those instead. Each case waits
 * until all before it is known outside, so that one which takes the whole thread with it is known by name.
 */
export async function report(ground: Ground, filter: string, emit: Emit, more: readonly Case[] = []): Promise<void> {
  const [all, part] = filter.startsWith(ATTACK) ? [attackCases(), filter.slice(ATTACK.length)] : [[...cases, ...more], filter];
  const chosen = all.filter((item) => item.name.includes(part));
  let known = emit({ type: "open", probes: ground.probes, cases: chosen.map((item) => item.name) });
  const bounded = (item: Case): Case => ({ ...item, run: (on) => known.then(() => inTime(item.run(on))) });
  await runSuite(ground, chosen.map(bounded), (row) => {
    known = emit({ type: "row", row });
  });
  await emit({ type: "close" });
}

/** A case that never ends is one failure, not the end of all that follow it. */
async function inTime<T>(run: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the case did not end within ${CASE_MS / 1000} s`)), CASE_MS);
  });
  return Promise.race([run, late]).finally(() => clearTimeout(timer));
}

export function fatal(error: unknown): { type: "fatal"; reason: string } {
  return { type: "fatal", reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
