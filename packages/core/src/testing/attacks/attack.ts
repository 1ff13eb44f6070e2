import type { CallOptions, Input } from "../../contract/operations.ts";
import type { LoadOptions } from "../../options.ts";
import type { ProbeName } from "../ground.ts";

/** A hostile module, by a name under which a runtime that compiles nothing may have been given it ahead of time. */
export interface Binary {
  readonly name: string;
  readonly bytes: () => Uint8Array;
  /** What it is held to where it is hardened ahead of time. */
  readonly memory?: number;
  readonly tables?: number;
}

/** What a guest must be able to say to its host. `limits`: the host bounds what a guest uses. */
export type Dialect = "plain" | "packed" | "extism" | "wapc" | "wasi" | "functions" | "limits" | "log" | "signal" | "dispose" | "integrity" | "swap";

export interface Victim {
  call(op: string, input?: Input, options?: CallOptions): Promise<unknown>;
  dispose(): Promise<void>;
  /** Puts another module in its place; of hosts that speak `swap`. */
  swap?(next: Binary): Promise<unknown>;
}

/** The code of a host whose errors have none: it is right wherever an error is. */
export const ANY_ERROR = "any error";

/** The host under attack, whoever made it. */
export interface Target {
  load(binary: Binary, options?: LoadOptions): Promise<Victim>;
  /** Of a module of host functions, where there is one; see `Ground`. */
  readonly functionsUrl?: { readonly href: string } | undefined;
  /** What was thrown, as a code and facts; undefined for an error that has none. */
  typed(error: unknown): { readonly code: string; readonly details: Readonly<Record<string, unknown>> } | undefined;
}

/**
 * One row: an abuse, and the only acceptable outcome. `run` gives what happened in a few words, and throws where that
 * is not acceptable. The binaries are listed so that they can be compiled ahead of time.
 */
export interface Attack {
  readonly name: string;
  /** In words, for the table. */
  readonly expected: string;
  /** What the target must speak. */
  readonly speaks: readonly Dialect[];
  /** Facts of the platform without which the row has no meaning. */
  readonly needs?: readonly ProbeName[];
  readonly binaries?: readonly Binary[];
  /** The right outcome is an answer, not an error. */
  readonly answers?: true;
  /** About names of ours, or about how we count, and so no other host's business. */
  readonly ours?: true;
  /** To refuse this is a decision of ours: a host that takes it, and goes on, comes to no harm. */
  readonly harmless?: true;
  run(target: Target): Promise<string>;
}

/** A row that waits for a part of Isopod to come. */
export interface Later {
  readonly name: string;
  readonly expected: string;
  readonly reason: string;
}
