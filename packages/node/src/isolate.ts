import { MessageChannel, Worker, type MessagePort } from "node:worker_threads";
import { keepErrors, type Control, type Port, type WorkerLink } from "@isopod/core/spi";
import { transferHandlers, wrap } from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";

/** What a worker thread is started with: a port for control, spoken with comlink, and a lean one for calls. */
export interface WorkerPorts {
  readonly control: MessagePort;
  readonly calls: MessagePort;
  /** Milliseconds after which instances without a call go. */
  readonly idle: number | undefined;
}

/** Starts a worker thread of a script, or of the text of one in CommonJS. It keeps the process alive only while it serves a call. */
export async function startWorker(script: URL | string, idle?: number): Promise<WorkerLink> {
  transferHandlers.set("throw", keepErrors(transferHandlers.get("throw")));
  const control = new MessageChannel();
  const calls = new MessageChannel();
  const ports: WorkerPorts = { control: control.port2, calls: calls.port2, idle };
  // Of the program that `node -e` was given: a thread whose script is a file does not start with it.
  const execArgv = process.execArgv.some((option) => option.startsWith("--input-type")) ? [] : undefined;
  const worker = new Worker(script, { eval: typeof script === "string", execArgv, workerData: ports, transferList: [control.port2, calls.port2], name: "isopod" });
  worker.unref();
  return {
    control: wrap<Control>(nodeEndpoint(control.port1)) as unknown as Control,
    port: portOf(calls.port1),
    terminate: () => {
      control.port1.close();
      calls.port1.close();
      void worker.terminate();
    },
    onDeath: (listener) => {
      worker.once("error", listener);
      worker.once("exit", (code) => listener(new Error(`the worker thread ended with code ${code}`)));
    },
    hold: (busy) => {
      for (const port of [control.port1, calls.port1]) {
        if (busy) port.ref();
        else port.unref();
      }
    },
  };
}

export function portOf(port: MessagePort): Port {
  return {
    post: (message, transfer) => port.postMessage(message, transfer as ArrayBuffer[] | undefined),
    listen: (listener) => port.on("message", listener as (message: unknown) => void),
  };
}
