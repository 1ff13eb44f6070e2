import type { Call } from "../contract/call.ts";
import type { IsopodError } from "../errors.ts";
import type { Budget } from "../limits/budget.ts";

/**
 * The call that an instance is serving right now. An instance serves one at a time, so this is the whole of the
 * per-call state that imports can reach, and it belongs to the instance, not to a module.
 */
export class Scope {
  call: Call | undefined;
  /** What the instance is held to, in hosts that hold plugins to limits. */
  budget: Budget | undefined;
  /** What an import threw. Kept here too, because a guest can catch a JavaScript exception and go on. */
  thrown: IsopodError | undefined;
  /** The guest is on the stack, or suspended: whatever is thrown now leaves it half way through. */
  inside = false;
  /** Set once the instance will not be used again: a guest that is suspended must then not go on, only come to its end. */
  retired = false;
  /** What is to be done when the call ends. */
  ends: (() => unknown)[] | undefined;

  leave(): void {
    this.call = undefined;
    this.ends?.forEach((run) => run());
    this.ends = undefined;
  }

  /** The guest has returned: did it swallow what an import threw? */
  check(): void {
    if (this.thrown !== undefined) throw this.thrown;
  }

  /** Remembers what an import is about to throw. */
  fail(error: IsopodError): IsopodError {
    return (this.thrown ??= error);
  }
}

/** Something to do when this call ends, such as writing out a line that was begun. */
export function atEnd(scope: Scope, run: () => unknown): void {
  (scope.ends ??= []).push(run);
}

/** Runs `restart` before the first `run` of each call, so that what is not used costs a call nothing. */
export function perCall<A extends unknown[], R>(scope: Scope, restart: () => void, run: (...args: A) => R): (...args: A) => R {
  let seen: Call | undefined;
  return (...args) => {
    if (seen !== scope.call) {
      seen = scope.call;
      restart();
    }
    return run(...args);
  };
}
