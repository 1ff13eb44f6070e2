import { hostFault, runFault, type FunctionCall, type FunctionEntry } from "../capability/functions.ts";
import { failure, type IsopodError } from "../errors.ts";
import type { Scope } from "../capability/scope.ts";
import { hasJspi } from "./jspi.ts";

type Raw = number | bigint;

/** The two ends of a host function on the wasm side: lift its raw arguments, lower its reply. */
export interface Marshal {
  readonly lift: (raw: Raw[]) => unknown[];
  readonly lower: (reply: unknown) => Raw | undefined;
  /** What the guest is told when the function fails. By default nothing: the failure ends the call. */
  readonly fail?: (error: IsopodError) => Raw;
  readonly binding?: (raw: Raw[]) => string;
}

/**
 * Makes the wasm import for one host function. A function that gives a promise suspends the guest (JSPI); any other is
 * called directly, and is told apart by how it was declared, because a suspending import costs every call that
 * passes it and bars `callSync`.
 * @throws `unsupported` where nothing can suspend a guest
 */
export function bind(entry: FunctionEntry, scope: Scope, marshal: Marshal): object {
  if (entry.suspends) {
    mustSuspend(entry);
    return new WebAssembly.Suspending!(((...raw: Raw[]) => suspended(entry, scope, marshal, raw)) as never);
  }
  return (...raw: Raw[]) => {
    try {
      scope.budget?.hostCall();
      return marshal.lower(run(entry, marshal.lift(raw), about(entry, scope, marshal.binding?.(raw))));
    } catch (cause) {
      return failed({ entry, scope, marshal }, cause);
    }
  };
}

/** @throws `unsupported` where nothing can suspend a guest for this function */
export function mustSuspend({ namespace, name }: Pick<FunctionEntry, "namespace" | "name">): void {
  if (!hasJspi()) throw failure("unsupported", `${namespace}.${name} is async, which needs isolation: "worker" here`);
}

/** For a function that a plugin calls as it starts: it can be suspended, or wait for another thread, in calls alone. */
export function cannotWait({ namespace, name }: Pick<FunctionEntry, "namespace" | "name">): IsopodError {
  return failure("unsupported", `a plugin that starts cannot wait for ${namespace}.${name}: call it later, or give it as no async function, in a worker by URL`);
}

function suspended(entry: FunctionEntry, scope: Scope, marshal: Marshal, raw: Raw[]): Promise<Raw | undefined> {
  if (scope.thrown && scope.retired) throw scope.thrown; // whatever it catches, it is not suspended again
  if (!scope.call) throw scope.fail(cannotWait(entry));
  return new Promise((resolve, reject) => {
    const waiter = new Waiter({ entry, scope, marshal, resolve, reject });
    try {
      scope.budget?.hostCall();
      waiter.await(run(entry, marshal.lift(raw), about(entry, scope, marshal.binding?.(raw))));
    } catch (cause) {
      waiter.fail(cause);
    }
  });
}

/** What is suspended, and what it takes to go on. */
interface Waiting {
  readonly entry: FunctionEntry;
  readonly scope: Scope;
  readonly marshal: Marshal;
  resolve(raw: Raw | undefined): void;
  reject(error: unknown): void;
}

/**
 * A guest that waits for one answer. Where its call is given up before that, a guest that is held to limits is resumed
 * at once, by an error, so as to come to its end: see `Budget.retire`. Any other stays suspended, since nothing would
 * stop it. An answer that comes late, or never, holds nothing of either.
 */
class Waiter {
  #waiting: Waiting | undefined;

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
    const { budget } = waiting.scope;
    if (budget) budget.waiting = (error) => this.#end()?.reject(error);
  }

  await(reply: unknown): void {
    Promise.resolve(reply).then(
      (value) => this.#answer(({ marshal }) => marshal.lower(value)),
      (cause: unknown) => this.#answer((waiting) => failed(waiting, runFault(waiting.entry, cause))),
    );
  }

  fail(cause: unknown): void {
    this.#answer((waiting) => failed(waiting, cause));
  }

  #answer(lower: (waiting: Waiting) => Raw | undefined): void {
    const waiting = this.#waiting;
    if (!waiting || waiting.scope.retired) return void this.#end();
    try {
      let raw: Raw | undefined;
      try {
        raw = lower(waiting);
      } catch (cause) {
        raw = failed(waiting, cause);
      }
      waiting.resolve(raw);
    } catch (error) {
      waiting.reject(error);
    }
    this.#end();
  }

  #end(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting?.scope.budget) waiting.scope.budget.waiting = undefined;
    return waiting;
  }
}

function run(entry: FunctionEntry, args: unknown[], call: FunctionCall): unknown {
  try {
    return entry.run(args, call);
  } catch (cause) {
    throw runFault(entry, cause);
  }
}

function failed({ entry, scope, marshal }: Pick<Waiting, "entry" | "scope" | "marshal">, cause: unknown): Raw {
  const error = hostFault(entry, cause);
  if (marshal.fail && error.code === "host_function") return marshal.fail(error);
  throw scope.fail(error);
}

/** What the function learns of the call that reached it. */
export function about({ namespace, name }: FunctionEntry, { call }: Scope, binding: string | undefined): FunctionCall {
  return { namespace, name, binding, context: call?.context, signal: call?.signal };
}
