import type { Abi, AbiInstance, Program } from "../abi/abi.ts";
import { fromGuest } from "../abi/start.ts";
import { Variables } from "../abi/variables.ts";
import { fixedClock, systemClock } from "../capability/clock.ts";
import type { FunctionTable } from "../capability/functions.ts";
import type { Level } from "../capability/log.ts";
import { seededRandom, systemRandom } from "../capability/random.ts";
import { Scope } from "../capability/scope.ts";
import type { Lent } from "../pool/pool.ts";
import type { Call } from "../contract/call.ts";

/** What the instances of one plugin share in one thread. */
export interface Shared {
  readonly functions: FunctionTable;
  readonly log: (level: Level, message: string) => void;
  readonly variables: Variables;
}

/** One instance and the call it serves. */
export class Seat implements Lent {
  readonly instance: AbiInstance;
  readonly scope: Scope = new Scope();
  /** Whether the caller that holds this seat was heard of lately, where callers can vanish. */
  heard = false;
  lent = false;

  constructor(program: Program, abi: Abi, shared: Shared) {
    const { grants, state } = program;
    this.instance = abi.instantiate(program, {
      scope: this.scope,
      functions: shared.functions,
      log: shared.log,
      clock: grants.clock ? systemClock() : fixedClock(this.scope),
      random: grants.random ? systemRandom() : seededRandom(this.scope),
      variables: state === "plugin" ? shared.variables : new Variables(),
    });
  }

  /** Lower, guest, lift. A promise where the guest may be suspended. Whatever is thrown is an error of ours, or the caller's own from `borrow`. */
  run(call: Call): unknown {
    const { instance, scope } = this;
    scope.enter(call);
    try {
      return instance.suspends ? this.#resumed(call, instance.begin(call)) : instance.call(call);
    } catch (cause) {
      throw this.#blame(call, cause);
    }
  }

  async #resumed(call: Call, raw: Promise<unknown>): Promise<unknown> {
    try {
      const value = await raw;
      this.scope.check();
      return this.instance.end(call, value);
    } catch (cause) {
      throw this.#blame(call, cause);
    }
  }

  #blame(call: Call, cause: unknown): unknown {
    if (this.scope.thrown !== undefined) return this.scope.thrown;
    return call.borrow && !(cause instanceof WebAssembly.RuntimeError) ? cause : fromGuest(cause);
  }
}
