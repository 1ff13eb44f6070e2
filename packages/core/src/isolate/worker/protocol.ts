import type { Program } from "../../abi/abi.ts";
import type { FunctionEntry } from "../../capability/functions.ts";
import type { Level } from "../../capability/log.ts";
import type { As } from "../../contract/operations.ts";
import type { ErrorRecord } from "../../errors.ts";

/** Host and worker must speak the same; each names its own where they do not. */
export const PROTOCOL = "isopod/3";

/** A `MessagePort`, whatever the runtime calls its methods. */
export interface Port {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  listen(listener: (message: never) => void): void;
}

/** What the host asks of a worker beside calls. Goes through comlink, which keeps error class, code and cause. */
export interface Control {
  greet(protocol: string): Promise<string>;
  load(order: LoadOrder): Promise<void>;
  drop(plugin: number): Promise<void>;
}

/** One plugin for one worker. */
export interface LoadOrder {
  readonly plugin: number;
  readonly program: Program;
  /** Host functions of the application's thread, without their `run`; or where the worker imports them from. */
  readonly functions: readonly Omit<FunctionEntry, "run">[] | { readonly href: string };
  readonly variables: readonly (readonly [string, Uint8Array])[];
  /** Where replies to host functions are left, if the worker waits by `Atomics.wait`. */
  readonly mailbox: SharedArrayBuffer | undefined;
  readonly logs: boolean;
}

/** Host → worker. A call is answered by exactly one `Done` or `Failed`; there is never more than one at a time. */
export type ToWorker =
  | readonly [kind: typeof CALL, plugin: number, op: string, input: unknown, context: unknown]
  | readonly [kind: typeof MANY, plugin: number, op: string, inputs: unknown, context: unknown, as: As | undefined]
  | readonly [kind: typeof ANSWER, error: ErrorRecord | undefined, reply: unknown];

/** Worker → host. */
export type FromWorker =
  | readonly [kind: typeof DONE, value: unknown, changes: Changes]
  | readonly [kind: typeof FAILED, error: ErrorRecord, changes: Changes]
  | readonly [kind: typeof ASK, namespace: string, name: string, args: unknown[], binding: string | undefined]
  | readonly [kind: typeof LOG, plugin: number, level: Level, message: string];

export type Changes = readonly (readonly [string, Uint8Array | undefined])[] | undefined;

export const CALL = 0;
export const MANY = 1;
export const ANSWER = 2;
export const DONE = 0;
export const FAILED = 1;
export const ASK = 2;
export const LOG = 3;
