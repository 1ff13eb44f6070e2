import loadedProbe from "built:loaded-probe.txt";
import module from "built:probe.wasm";
import { callsNow, later, offsets, PROBE_GUEST, suspends, traces } from "../suite/probe-guest.ts";
import { clockMoves, hasGigabytes } from "../suite/machine.ts";
import { holds, type Probes } from "../suite/probes.ts";
import type { Env } from "./env.ts";

interface LoadedProbe {
  runs(): Promise<boolean>;
  waits(ask: () => Promise<number>): Promise<boolean>;
}

/** As suite/probes.ts, for a runtime without threads. A guest that never returns freezes the process: not tried. */
export async function findProbes(isolation: "static" | "loader", env: Env, guestUrl: string): Promise<Probes> {
  const never = { moduleFunctions: false, kill: false, locks: false };
  const machine = { clock: clockMoves(), gigabytes: hasGigabytes(), traces: await holds(async () => traces(module)), offsets: await holds(async () => offsets(module)) };
  const fetched = await holds(async () => (await (await fetch(guestUrl)).arrayBuffer()).byteLength > 8);
  if (isolation === "static") {
    return {
      ...never,
      ...machine,
      compile: await holds(async () => (await WebAssembly.compile(PROBE_GUEST)) instanceof WebAssembly.Module),
      module: await holds(async () => callsNow(module)),
      sync: await holds(async () => callsNow(module)),
      wait: await holds(() => suspends(module)),
      hostFunctions: await holds(async () => callsNow(module)),
      fetch: fetched,
    };
  }
  const load = (wasm: ArrayBuffer | WebAssembly.Module) =>
    env.LOADER.get(crypto.randomUUID(), () => ({
      compatibilityDate: "2026-04-01",
      mainModule: "main.js",
      modules: { "main.js": loadedProbe, "probe.wasm": { wasm } },
    })).getEntrypoint() as LoadedProbe;
  const wait = await holds(() => load(PROBE_GUEST.buffer).waits(later));
  return {
    ...never,
    ...machine,
    compile: await holds(() => load(PROBE_GUEST.buffer).runs()),
    module: await holds(() => load(module).runs()),
    sync: false, // the call is a message to another worker
    wait,
    hostFunctions: wait,
    fetch: fetched,
  };
}
