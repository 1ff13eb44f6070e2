import { isIsopodError, type Plugin } from "@isopod/core";
import { createHost } from "@isopod/node";
import { within } from "../call/deadline.ts";
import { report } from "../inspect/report.ts";
import { readPlugin } from "../read.ts";
import { generic, type Generic } from "./inputs.ts";
import type { Finding } from "./row.ts";

/** What a module does by itself is to be seen; steps have deadlines of their own. */
const NONE = { memory: "unlimited", tables: "unlimited", fuel: "unlimited", time: "unlimited" } as const;

/** What is known of a file before anything of it runs. */
export interface Looked {
  readonly known: Finding;
  /** What to load and call; missing where there is nothing to load. */
  readonly plugin?: { readonly bytes: Uint8Array; readonly calls: readonly Generic[] };
}

/** Reads and inspects one file. */
export async function look(path: string): Promise<Looked> {
  const nothing: Finding = { abi: null, reason: "", loads: false, calls: null, error: null };
  try {
    const bytes = await readPlugin(path);
    const seen = await report(path, bytes);
    const known = { ...nothing, abi: seen.abi ?? seen.recognised, reason: seen.reason ?? "" };
    if (seen.abi === null && seen.error) return { known: { ...known, reason: seen.error.message, error: seen.error.code } };
    return { known, plugin: { bytes, calls: generic(seen) } };
  } catch (error) {
    return { known: { ...nothing, ...failed(error) } };
  }
}

/** Loads in a worker and calls, with what Isopod has and nothing granted. Each step may take so long. */
export async function tryPlugin({ known, plugin: given }: Looked, ms: number): Promise<Finding> {
  if (!given) return known;
  const host = createHost({ isolation: "worker", workers: 1, log: () => {} });
  try {
    const plugin = await within(ms, (signal) => host.load(given.bytes, { signal, limits: NONE }));
    return { ...known, loads: true, ...(await callAll(plugin, given.calls, ms, known.reason)) };
  } catch (error) {
    return { ...known, ...failed(error) };
  } finally {
    await host.dispose();
  }
}

/** Ends with the first call that takes too long: the others would, too. */
async function callAll(plugin: Plugin, calls: readonly Generic[], ms: number, reason: string): Promise<Pick<Finding, "calls" | "error" | "reason">> {
  let first: ReturnType<typeof failed> | undefined;
  let came = 0;
  for (const { op, input, as } of calls) {
    try {
      await within(ms, (signal) => plugin.call(op, input as string, { as: as as "bytes", signal }));
      came++;
    } catch (error) {
      const failure = failed(error);
      if (failure.error === "guest_error") came++;
      first ??= { error: failure.error, reason: `${reason}; ${op}: ${failure.reason}` };
      if (failure.error === "aborted") break;
    }
  }
  return { calls: calls.length === 0 ? null : came > 0, error: null, reason, ...first };
}

function failed(error: unknown): { reason: string; error: string } {
  const reason = error instanceof Error ? error.message : String(error);
  return { reason, error: isIsopodError(error) ? error.code : "internal" };
}
