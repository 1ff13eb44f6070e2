import { keepErrors, workers, type Control, type HostCalls, type Isolation, type KeepOptions, type Port, type WorkerLink } from "@isopod/core/spi";
import { transferHandlers, wrap } from "comlink";

export { inlineHere } from "./isolate-inline.ts";

const MOST_WORKERS = 8;
/** Nothing tells of a worker that ends before it holds its lock: one that has not answered by then is given up. */
const START_MS = 20_000;

/** What a Web Worker is started with: a port for control, spoken with comlink, and a lean one for calls. */
export interface WorkerPorts {
  readonly control: MessagePort;
  readonly calls: MessagePort;
  /** Name of a lock that the worker holds as long as it lives. */
  readonly lock: string;
  /** How long, and how many, it keeps instances. */
  readonly kept: KeepOptions | undefined;
}

/** Starts workers as the function that it is given, and does more. That one tells the worker how long, and how many, it keeps instances. */
export type Around = (start: (kept?: KeepOptions) => Promise<WorkerLink>) => () => Promise<WorkerLink>;

/**
 * Guests in Web Workers, shared by all plugins of the host.
 *
 * @param worker makes one, whose script calls `serve` with the same ABIs
 * @param size most of them; by default one a core, at most 8
 * @param calls `hostCalls` of `@isopod/browser/lean`, where guests call functions of the application
 * @param around `leaving()` of `@isopod/browser/lean`, where workers end when they are idle, or when the page is left
 * @example
 * const worker = () => new Worker(new URL("./my-worker.js", import.meta.url), { type: "module" }); // serve([packed()])
 * createHost({ abis: [packed()], isolations: [inWorkers(worker)] });
 */
export function inWorkers(worker: () => Worker = defaultWorker, size: number = mostWorkers(), calls?: HostCalls, around: Around = (start) => start): Isolation {
  return workers(around((kept) => startWorker(worker, kept)), size, calls);
}

/** About one a core. */
export function mostWorkers(): number {
  return Math.min(navigator.hardwareConcurrency || 2, MOST_WORKERS);
}

/**
 * The script beside this one, which build.mjs writes: without imports, as no import map reaches a worker. Bundlers know this
 * form and emit it as a file of its own, so no blob: or data: is needed.
 */
export function defaultWorker(): Worker {
  return new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "isopod" });
}

async function startWorker(make: () => Worker, kept?: KeepOptions): Promise<WorkerLink> {
  transferHandlers.set("throw", keepErrors(transferHandlers.get("throw")));
  const control = new MessageChannel();
  const calls = new MessageChannel();
  const ports: WorkerPorts = { control: control.port2, calls: calls.port2, lock: `isopod:${Math.random()}`, kept };
  const worker = make();
  worker.postMessage(ports, [control.port2, calls.port2]);
  let late: ReturnType<typeof setTimeout>;
  const remote = wrap<Control>(control.port1) as unknown as Control;
  return {
    control: remote,
    port: portOf(calls.port1),
    terminate: () => {
      clearTimeout(late);
      control.port1.close();
      calls.port1.close();
      worker.terminate();
    },
    onDeath: (listener) => {
      const ended = (event?: object | null): void => listener(new Error((event as ErrorEvent | undefined)?.message || "it ended, or its script failed"));
      worker.addEventListener("error", ended);
      late = setTimeout(ended, START_MS);
      // One that closes itself, or is closed, fires no event, but then what it held is let go: it holds a lock before it answers.
      remote.greet("").then(() => {
        clearTimeout(late);
        return navigator.locks?.request(ports.lock, ended);
      }).catch(() => {});
    },
  };
}

export function portOf(port: MessagePort): Port {
  return {
    post: (message, transfer = []) => port.postMessage(message, transfer as ArrayBuffer[]),
    listen: (listener) => {
      port.onmessage = (event) => listener(event.data as never);
    },
  };
}
