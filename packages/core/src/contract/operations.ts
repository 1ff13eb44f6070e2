import type { LimitName } from "../limits/bounds.ts";
/**
 * The contract `operations`: a plugin is a set of named operations from bytes to bytes (or, for the ABI `plain`, from
 * numbers to numbers). Nothing here knows how any ABI spells that.
 */

import type { SwapOptions } from "../options.ts";
import type { Source } from "../source/read.ts";

/** Structural `AbortSignal`, so that core needs no DOM types. */
export interface Signal {
  /** Whether it has fired. */
  readonly aborted: boolean;
  /** Why; the `cause` of the error `aborted`. */
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/**
 * What a caller may pass in.
 * - a string is lowered as UTF-8,
 * - an ArrayBuffer or any view of one as its bytes (never written to, never detached),
 * - anything else as JSON; `undefined` is no bytes at all,
 * - for the ABI `plain`: one number or bigint, or an array of them, one for each parameter.
 */
export type Input = string | ArrayBufferLike | ArrayBufferView | Json | JsonObject | readonly Numeric[] | Numeric | undefined;
/** What an interface or a class of the application describes, as `JSON.stringify` sees it. A promise is none: it wants an `await`. */
export type JsonObject = object & { readonly then?: never };
/** A number as WebAssembly has them; i64 is a bigint. */
export type Numeric = number | bigint;
/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** How the output is lifted. `value` is what the ABI itself returns: numbers for `plain`, bytes elsewhere. */
export type As = "bytes" | "text" | "json" | "value";

/** Options of a call. `into` goes before `borrow`, and both before `as`. */
export interface CallOptions {
  /** Default `bytes`; for the ABI `plain`, `value`. */
  readonly as?: As;
  /** Write the output here instead of allocating; the call gives its length in bytes. Too small is `output_too_small`. */
  readonly into?: Uint8Array;
  /** Sees the output without a copy. The view is valid inside the callback only; the call gives what it returns. */
  readonly borrow?: (view: Uint8Array) => unknown;
  /** Aborts the wait for an instance, and the call itself where the runtime can stop it. */
  readonly signal?: Signal;
  /** Whatever this call's host functions should know: a user, a trace. Never visible to another call. */
  readonly context?: unknown;
}

/** The output as text; `invalid_utf8` where it is none. */
export type TextOptions = CallOptions & { readonly as: "text" };
/** The output parsed; `invalid_json` where it is none. */
export type JsonOptions = CallOptions & { readonly as: "json" };
/** What the ABI itself returns. */
export type ValueOptions = CallOptions & { readonly as: "value" };
/** The output in the caller's buffer. */
export type IntoOptions = CallOptions & { readonly into: Uint8Array };
/** The output as a view, during a callback. */
export type BorrowOptions<T> = CallOptions & { readonly borrow: (view: Uint8Array) => T };
/** The output as bytes of its own, as without any option. */
export type BytesOptions = CallOptions & { readonly as?: "bytes"; readonly into?: never; readonly borrow?: never };
/** Options of `callMany`, for all its inputs. */
export type ManyOptions = Omit<CallOptions, "into" | "borrow">;

/** What `load` found, and why. Plain data. */
export interface PluginInfo {
  /** Name of the ABI. */
  readonly abi: string;
  /** Why this ABI was chosen, as a sentence. */
  readonly reason: string;
  /** `inline`, `worker`, `static` or `loader`. */
  readonly isolation: string;
  /** Whether what the ABI promises to keep (Extism's variables) lasts beyond a call. */
  readonly state: "none" | "plugin";
  /** Bytes of the binary, or undefined where a compiled Module was given. */
  readonly size?: number;
  /** `kind` as WebAssembly names it; `type` of functions, such as `(i32, i32) -> i64`, where the bytes were read. */
  readonly imports: readonly { readonly module: string; readonly name: string; readonly kind: string; readonly type?: string }[];
  /** Likewise. */
  readonly exports: readonly { readonly name: string; readonly kind: string; readonly type?: string }[];
  /** Names of the operations that `call` takes; empty where the ABI does not say (waPC). */
  readonly operations: readonly string[];
  /** What it is held to: bytes, milliseconds, units. A Module that was not hardened is held to little. Absent where the host holds plugins to nothing. */
  readonly limits?: Readonly<Record<LimitName | "concurrency" | "queue", number | "unlimited">> | undefined;
}

/** A loaded plugin under the contract `operations`. */
export interface Plugin {
  /** Of the version that answers now. */
  readonly info: PluginInfo;

  /**
   * Calls one operation.
   *
   * @example await plugin.call("slugify", "Grüße aus Köln", { as: "text" }); // "gruesse-aus-koeln"
   * @example await plugin.call("add", [2, 3], { as: "value" });              // 5, ABI `plain`
   * @throws IsopodError. The caller's: `missing_export`, `bad_input`, `overloaded`, `output_too_small`, `aborted`, `disposed`, `host_function`,
   *   `unsupported`. The plugin's: `guest_error`, `invalid_utf8`, `invalid_json`, `trap`, `exit`, `out_of_bounds`, `denied`, `limit`. Nobody's:
   *   `worker_lost`
   */
  call(op: string, input: Input, options: TextOptions): Promise<string>;
  call<T = Json>(op: string, input: Input, options: JsonOptions): Promise<T>;
  call<T = Numeric>(op: string, input: Input, options: ValueOptions): Promise<T>;
  call(op: string, input: Input, options: IntoOptions): Promise<number>;
  call<T>(op: string, input: Input, options: BorrowOptions<T>): Promise<T>;
  call(op: string, input?: Input, options?: BytesOptions): Promise<Uint8Array>;
  call(op: string, input: Input, options: CallOptions): Promise<unknown>;

  /**
   * Calls one operation and returns at once, in the caller's own thread.
   *
   * @example plugin.callSync("slugify", "Grüße", { as: "text" }); // "gruesse"
   * @throws as `call`; `unsupported` in a worker, and where it was loaded with `async` functions; `overloaded` instead of waiting
   */
  callSync(op: string, input: Input, options: TextOptions): string;
  callSync<T = Json>(op: string, input: Input, options: JsonOptions): T;
  callSync<T = Numeric>(op: string, input: Input, options: ValueOptions): T;
  callSync(op: string, input: Input, options: IntoOptions): number;
  callSync<T>(op: string, input: Input, options: BorrowOptions<T>): T;
  callSync(op: string, input?: Input, options?: BytesOptions): Uint8Array;
  callSync(op: string, input: Input, options: CallOptions): unknown;

  /**
   * Calls one operation for each input on one instance, in order, crossing to a worker once. The outputs come in the
   * order of the inputs. The first failure rejects the whole; `error.details.index` says which input it was.
   *
   * @example await plugin.callMany("slugify", ["Grüße", "Köln"], { as: "text" }); // ["gruesse", "koeln"]
   * @throws as `call`
   */
  callMany(op: string, inputs: readonly Input[], options: ManyOptions & { as: "text" }): Promise<string[]>;
  callMany<T = Json>(op: string, inputs: readonly Input[], options: ManyOptions & { as: "json" }): Promise<T[]>;
  callMany<T = Numeric>(op: string, inputs: readonly Input[], options: ManyOptions & { as: "value" }): Promise<T[]>;
  callMany(op: string, inputs: readonly Input[], options?: ManyOptions & { as?: "bytes" }): Promise<Uint8Array[]>;
  callMany(op: string, inputs: readonly Input[], options: ManyOptions): Promise<unknown[]>;

  /**
   * Puts a new version in the place of this one, while calls go on. It is loaded like any plugin, and has made its first
   * instance and passed `health`, before anything changes; if any of that fails, this version goes on and the error is
   * thrown. Calls that are running finish on the old version, which is let go of after the last; calls that start once
   * this has resolved are answered by the new one. What the ABI promises to keep (`state: "plugin"`) is carried over.
   * Swaps that are asked for at the same time are served in order.
   *
   * Options that are not named are as they were at `load`, but for `integrity`, `modules` and `signal`, which belong to
   * one source.
   *
   * @example await plugin.swap(bytes, { integrity: "sha256-…", health: (next) => next.call("slugify", "Grüße") });
   * @throws what `load` throws, and what `health` throws; `aborted` where it answers false
   */
  swap(source: Source, options?: SwapOptions): Promise<void>;

  /** Rejects what is pending with `disposed` and lets go of every instance. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
