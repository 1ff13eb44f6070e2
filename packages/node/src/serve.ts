import { workerData } from "node:worker_threads";
import type { Abi } from "@isopod/core";
import { asking, hardening, keep, keepErrors, metered, Server } from "@isopod/core/spi";
import { expose, transferHandlers } from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";
import { portOf, type WorkerPorts } from "./isolate.ts";

/**
 * Makes this thread one of a host's workers, with these ABIs.
 *
 * @example // my-worker.js, for createHost({ abis: [mine()], worker: new URL("./my-worker.js", import.meta.url) })
 * import { serve } from "@isopod/node/serve";
 * serve([mine()]);
 */
export function serve(abis: readonly Abi[]): void {
  const ports = workerData as WorkerPorts;
  transferHandlers.set("throw", keepErrors(transferHandlers.get("throw")));
  expose(new Server([...abis, ...abis.map((abi) => metered(abi)), hardening()], portOf(ports.calls), asking, keep({ idle: ports.idle })), nodeEndpoint(ports.control));
}
