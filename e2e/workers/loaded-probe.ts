// Loaded at run time through the Worker Loader, beside the probe's guest as bytes.
import { WorkerEntrypoint } from "cloudflare:workers";
import module from "./probe.wasm";
import { callsNow, suspends } from "../suite/probe-guest.ts";

export default class extends WorkerEntrypoint {
  runs(): boolean {
    return callsNow(module);
  }

  /** `ask` is a function of the worker that loaded this one. */
  waits(ask: () => Promise<number>): Promise<boolean> {
    return suspends(module, () => ask());
  }
}
