import { failure, isIsopodError, wordsOf, type IsopodError } from "../errors.ts";
import type { Scope } from "../capability/scope.ts";
import { STARTERS } from "./exports.ts";
import type { Live } from "./link.ts";

/**
 * Calls a module's initialisers, each if it is there, in the order given. A `_start` that ends by `proc_exit(0)`, as
 * TinyGo's does, has done its work.
 * @throws `trap`, `exit`
 */
export function initialise(live: Live, scope: Scope, order: readonly string[]): void {
  for (const name of order) {
    const run = live.exports[name];
    if (typeof run !== "function") continue;
    scope.budget?.begin();
    try {
      run();
    } catch (cause) {
      const error = fromGuest(scope.thrown ?? cause);
      if (error.code !== "exit" || error.details["code"] !== 0) throw error;
    }
    scope.thrown = undefined;
  }
}

/** `_initialize` of a reactor; for want of it `_start`, which older toolchains give plugins too, or the bare constructors. */
export function starters(live: Live): string[] {
  return STARTERS.slice(0, 3).filter((name) => name in live.exports).slice(0, 1);
}

/** What came out of a running guest, as an error of ours. */
export function fromGuest(cause: unknown): IsopodError {
  // Every engine has its own words for what happened, such as for a stack that ran out.
  return isIsopodError(cause) ? cause : failure("trap", `the plugin broke off: ${wordsOf(cause)}`, undefined, cause);
}
