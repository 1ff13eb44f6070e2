import type { Abi } from "@isopod/core";
import { asking, hardening, keep, keepErrors, metered, Server, type Asking, type KeepOptions, type PoolClass, type Port } from "@isopod/core/spi";
import { expose, transferHandlers } from "comlink";
import { portOf, type WorkerPorts } from "./isolate.ts";

/**
 * Makes this Web Worker one of a host's, with these ABIs.
 *
 * @example // my-worker.ts, for createHost({ worker: () => new Worker(new URL("./my-worker.ts", import.meta.url), { type: "module" }) })
 * import { packed } from "@isopod/browser";
 * import { serve } from "@isopod/browser/serve";
 * serve([packed()]);
 */
export function serve(abis: readonly Abi[]): void {
  serveLean([...abis, ...abis.map((abi) => metered(abi)), hardening()], asking, keep);
}

/**
 * The same with what is named: without `asking` its guests call no functions of the application, without `keep` instances
 * stay, and only ABIs that are `metered` hold theirs to limits.
 *
 * @example serve([metered(packed())], asking, keep);
 */
export function serveLean(abis: readonly Abi[], asks?: (port: Port) => Asking, pools?: (kept?: KeepOptions) => PoolClass): void {
  transferHandlers.set("throw", keepErrors(transferHandlers.get("throw")));
  addEventListener(
    "message",
    async ({ data: { control, calls, lock, kept } }: MessageEvent<WorkerPorts>) => {
      await hold(lock);
      expose(new Server(abis, portOf(calls), asks, pools?.(kept)), control);
    },
    { once: true },
  );
}

/** Settles once the lock is held, which it is for as long as this worker lives. */
function hold(lock: string): Promise<void> {
  if (!navigator.locks) return Promise.resolve();
  return new Promise((resolve) => {
    void navigator.locks.request(lock, () => new Promise(() => resolve())).catch(() => resolve());
  });
}
