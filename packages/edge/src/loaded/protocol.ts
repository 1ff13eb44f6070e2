import type { As, ErrorRecord, LogEntry } from "@isopod/core";
import type { FunctionEntry, Program, Setup, Unit } from "@isopod/core/spi";

/**
 * What a worker asks of one that it loaded, over JS RPC. Failures come as records, because an exception would lose its
 * class, code and details on the way.
 */
export interface Loaded {
  /** Instantiates once. */
  load(): Promise<Answer>;
  /** The value is bytes or numbers: what the caller wants of them is made on its own side. */
  call(op: string, input: unknown, way: Way): Promise<Answer>;
  /** Inputs and outputs are one packed block where they are bytes, else a list. */
  callMany(op: string, inputs: unknown, as: As | undefined, way: Way): Promise<Answer>;
  /** Nobody waits for this call any more: it takes no turn. */
  giveUp(call: number): Promise<void>;
  /** Lets go of every instance. */
  drop(): Promise<void>;
}

export interface Answer {
  readonly value?: unknown;
  readonly error?: ErrorRecord;
  /** What the plugin has logged since the last answer, whichever call it was. */
  readonly lines: readonly LogEntry[];
  /** Variables set since the last answer. */
  readonly changes: readonly (readonly [name: string, value: Uint8Array | undefined])[] | undefined;
}

/** What goes with one call. */
export interface Way {
  /** No other call of this plugin has it. */
  readonly call: number;
  readonly ask: Ask | undefined;
}

/** A callback of one call, by which its guest reaches the host functions of its caller, and no other's. */
export type Ask = (question: Question) => Promise<Reply>;

export interface Question {
  readonly namespace: string;
  readonly name: string;
  readonly binding: string | undefined;
  readonly args: unknown[];
  /** Logged before the question. */
  readonly lines: readonly LogEntry[];
}

export type Reply = { readonly error: ErrorRecord } | { readonly value: unknown };

/** The `env` of a loaded worker: the plugin, without the modules, which it imports. */
export interface LoadedEnv {
  readonly program: Omit<Program, "main" | "modules"> & {
    readonly main: Unit["inspected"];
    readonly modules: readonly (readonly [name: string, inspected: Unit["inspected"]])[];
  };
  readonly functions: readonly Omit<FunctionEntry, "run">[];
  readonly limits: Setup["limits"];
  readonly variables: readonly (readonly [name: string, value: Uint8Array])[];
  readonly logs: boolean;
}
