import type { Abi } from "@isopod/core";
import { keepErrors, Server } from "@isopod/core/spi";
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
  transferHandlers.set("throw", keepErrors(transferHandlers.get("throw")));
  addEventListener("message", (event: MessageEvent<WorkerPorts>) => void start(abis, event.data), { once: true });
}

async function start(abis: readonly Abi[], { control, calls, lock }: WorkerPorts): Promise<void> {
  await hold(lock);
  expose(new Server(abis, portOf(calls)), control);
}

/** Settles once the lock is held, which it is for as long as this worker lives. */
function hold(lock: string): Promise<void> {
  if (!navigator.locks) return Promise.resolve();
  return new Promise((resolve) => {
    void navigator.locks.request(lock, () => new Promise(() => resolve())).catch(() => resolve());
  });
}
