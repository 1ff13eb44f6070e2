import { failure, isIsopodError, wordsOf, IsopodError } from "../errors.ts";
import type { Signal } from "../contract/operations.ts";
import { tagOf } from "../wasm/engine.ts";

/** What a host function learns about the call that reached it: always its own, never a neighbour's. */
export interface FunctionCall {
  /** By which it is found in `functions`. */
  readonly namespace: string;
  /** Its name there. */
  readonly name: string;
  /** waPC only: the binding the guest named. */
  readonly binding?: string | undefined;
  /** The `context` that was given to `plugin.call`. */
  readonly context: unknown;
  /** The `signal` that was given to `plugin.call`. */
  readonly signal: Signal | undefined;
}

/** How one argument or result is lifted and lowered. `bytes`, `text` and `json` need a pointer on the wasm side. */
export type Shape = "bytes" | "text" | "json" | "i32" | "i64" | "f32" | "f64";

/**
 * A function of the application that a plugin may call. Arguments come lifted, `FunctionCall` is the last one.
 * Declare it `async` if it gives a promise: that is how Isopod knows at load that the guest must be able to wait.
 * What its arguments are depends on the plugin, so TypeScript has to be told: `(bytes: Uint8Array) => …`. Only `typed` knows.
 */
export type HostFunction = (...args: never[]) => unknown;

/** What an argument of each shape arrives as. */
export interface Lifted {
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Whatever was parsed: declare what it must be, and check it. */
  readonly json: unknown;
  readonly i32: number;
  readonly i64: bigint;
  readonly f32: number;
  readonly f64: number;
}

/** What `typed` calls with these shapes. A method, so that a function may declare what JSON it takes. */
export type Run<Params extends readonly Shape[]> = { run(...args: [...{ -readonly [At in keyof Params]: Lifted[Params[At]] }, FunctionCall]): unknown }["run"];

/** A host function with its shapes spelled out; made by `typed`. */
export interface TypedFunction {
  /** How each argument is lifted. */
  readonly params: readonly Shape[];
  /** How what it gives is lowered; undefined where it gives nothing. */
  readonly result?: Shape | undefined;
  /** The function itself. */
  readonly run: HostFunction;
}

/** Namespaces of host functions: the import's module, or what a guest of waPC calls a namespace. */
export type Functions = Readonly<Record<string, Readonly<Record<string, HostFunction | TypedFunction>>>>;

/**
 * Gives a host function explicit shapes, where the wasm signature alone does not say (an Extism i64 may be a block or
 * a plain number).
 *
 * @example functions: { "extism:host/user": { pad: typed(["text", "i64"], "text", (s, n) => s.padEnd(Number(n))) } }
 */
export function typed<const Params extends readonly Shape[]>(params: Params, result: Shape | undefined, run: Run<Params>): TypedFunction {
  return { params, result, run };
}

/** One host function as an ABI links it. Plain data but for `run`, so a worker can be told about it. */
export interface FunctionEntry {
  readonly namespace: string;
  readonly name: string;
  readonly params?: readonly Shape[] | undefined;
  readonly result?: Shape | undefined;
  /** Gives a promise, so the guest has to be suspended for it. */
  readonly suspends: boolean;
  readonly run: (args: unknown[], call: FunctionCall) => unknown;
}

/** Namespace → name → function. Maps, so that `__proto__` and `constructor` are names like any other. */
export type FunctionTable = ReadonlyMap<string, ReadonlyMap<string, FunctionEntry>>;

type Table = Map<string, Map<string, FunctionEntry>>;

/** @throws `invalid_option` */
export function tabulate(functions: Functions): FunctionTable {
  const table: Table = new Map();
  for (const [namespace, members] of Object.entries(functions)) {
    if (typeof members !== "object" || members === null) throw failure("invalid_option", `functions["${namespace}"] must be an object of functions`);
    table.set(namespace, new Map(Object.entries(members).map(([name, given]) => [name, entryOf(namespace, name, given)])));
  }
  return table;
}

function entryOf(namespace: string, name: string, given: HostFunction | TypedFunction | null): FunctionEntry {
  const { params, result, run } = (typeof given === "function" ? { run: given } : (given ?? {})) as Partial<TypedFunction>;
  if (typeof run !== "function") throw failure("invalid_option", `functions["${namespace}"]["${name}"] must be a function, or typed()`);
  const suspends = tagOf(run) === "AsyncFunction";
  return {
    namespace,
    name,
    params,
    result,
    suspends,
    run: (args, call) => {
      const reply = (run as (...all: unknown[]) => unknown)(...args, call);
      if (!suspends && isPromise(reply)) throw promised(namespace, name, reply);
      return reply;
    },
  };
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as Partial<Promise<unknown>> | null | undefined)?.then === "function";
}

/** Some runtimes could wait for it all the same, and others not. */
function promised(namespace: string, name: string, reply: Promise<unknown>): IsopodError {
  Promise.resolve(reply).catch(() => {}); // its outcome no longer matters, and must not become an unhandled rejection
  return failure("unsupported", `host function ${namespace}.${name} gave a promise: declare it async`);
}

export function entries(table: FunctionTable): FunctionEntry[] {
  return [...table.values()].flatMap((names) => [...names.values()]);
}

/** A table from a list of entries, the inverse of `entries`; or the given one with these added. */
export function index(list: readonly FunctionEntry[], given: FunctionTable = new Map()): FunctionTable {
  const table = given as Table;
  for (const entry of list) {
    const names = table.get(entry.namespace) ?? new Map<string, FunctionEntry>();
    table.set(entry.namespace, names.set(entry.name, entry));
  }
  return table;
}

/** What a throwing host function looks like to the caller. */
export function hostFault(entry: Pick<FunctionEntry, "namespace" | "name">, cause: unknown): IsopodError {
  if (isIsopodError(cause) && cause.code !== "bad_input") return cause; // what it gave is not the call's input
  return functionFault(entry, cause);
}

/** The same of what the function itself threw: a limit that another plugin has hit is not this one's. */
export function runFault(entry: Pick<FunctionEntry, "namespace" | "name">, cause: unknown): IsopodError {
  return isIsopodError(cause) && cause.code === "limit" ? functionFault(entry, cause) : hostFault(entry, cause);
}

function functionFault(entry: Pick<FunctionEntry, "namespace" | "name">, cause: unknown): IsopodError {
  const { namespace, name } = entry;
  return new IsopodError("host_function", `host function ${namespace}.${name} failed: ${wordsOf(cause)}`, { details: { namespace, name }, cause });
}
