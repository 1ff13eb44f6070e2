import type { Abi } from "@isopod/core";
import { keepErrors, Server } from "@isopod/core/spi";
import { expose, transferHandlers } from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";
import { portOf, type WorkerPorts } from "./isolate.ts";

/** Makes this thread one of a host's workers, with these ABIs. */
export function serve(abis: readonly Abi[], ports: WorkerPorts): void {
  transferHandlers.set("throw", keepErrors(transferHandlers.get("throw")));
  expose(new Server(abis, portOf(ports.calls)), nodeEndpoint(ports.control));
}
