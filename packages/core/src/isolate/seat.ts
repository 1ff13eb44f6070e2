import type { Abi, AbiInstance, Program } from "../abi/abi.ts";
import { fromGuest } from "../abi/start.ts";
import { Variables } from "../abi/variables.ts";
import { fixedClock, systemClock, type Clock } from "../capability/clock.ts";
import type { FunctionTable } from "../capability/functions.ts";
import type { Level } from "../capability/log.ts";
import { seededRandom, systemRandom, type Random } from "../capability/random.ts";
import { Scope } from "../capability/scope.ts";
import type { Call } from "../contract/call.ts";

/** What the instances of one plugin share in one thread. */
export interface Shared {
  readonly functions: FunctionTable;
  readonly log: (level: Level, message: string) => void;
  readonly variables: Variables;
}

/** One instance and the call it serves. */
export class Seat {
  readonly instance: AbiInstance;
  readonly scope: Scope = new Scope();
  /** Whether the caller that holds this seat was heard of lately, where callers can vanish. */
  heard = false;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(program: Program, abi: Abi, shared: Shared) {
    const { grants, state } = program;
    this.#clock = grants.clock ? systemClock() : fixedClock();
    this.#random = grants.random ? systemRandom() : seededRandom();
    this.instance = abi.instantiate(program, {
      scope: this.scope,
      functions: shared.functions,
      log: shared.log,
      clock: this.#clock,
      random: this.#random,
      variables: state === "plugin" ? shared.variables : new Variables(),
    });
  }

  /** Lower, guest, lift. A promise where the guest may be suspended. Whatever is thrown is an error of ours, or the caller's own from `borrow`. */
  run(call: Call): unknown {
    const { instance, scope } = this;
    scope.enter(call);
    this.#clock.restart();
    this.#random.restart();
    try {
      instance.lower(call);
      const raw = instance.enter(call);
      if (instance.suspends) return this.#resumed(call, raw as Promise<unknown>);
      if (scope.thrown !== undefined) throw scope.thrown;
      return instance.lift(call, raw);
    } catch (cause) {
      throw this.#blame(call, cause);
    }
  }

  async #resumed(call: Call, raw: Promise<unknown>): Promise<unknown> {
    try {
      const value = await raw;
      if (this.scope.thrown !== undefined) throw this.scope.thrown;
      return this.instance.lift(call, value);
    } catch (cause) {
      throw this.#blame(call, cause);
    }
  }

  #blame(call: Call, cause: unknown): unknown {
    if (this.scope.thrown !== undefined) return this.scope.thrown;
    return call.borrow && !(cause instanceof WebAssembly.RuntimeError) ? cause : fromGuest(cause);
  }
}
