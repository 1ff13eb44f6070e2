import type { Call } from "../contract/call.ts";
import type { Scope } from "../capability/scope.ts";
import { failure, isIsopodError } from "../errors.ts";
import { over, type Bounds } from "../limits/bounds.ts";
import { Budget, type Use } from "../limits/budget.ts";
import { Deadlines, type Timed } from "../limits/deadlines.ts";
import type { Loan, Suspension } from "../wait/suspension.ts";
import { brokeOff, frames } from "../wasm/frames.ts";
import type { Abi, AbiInstance, Program, Services } from "./abi.ts";

/** Errors behind which there may have been too little memory. */
const STARVED: readonly string[] = ["trap", "exit", "out_of_bounds", "bad_input"];

/**
 * The same ABI under a name of its own, whose instances are held to the limits of their program. A worker that does not serve
 * it cannot be asked for it, and so cannot run a plugin that it would not hold.
 *
 * @param watch sees what calls use, while they run: for meters. It runs inside of the call, and must not throw
 */
export function metered(abi: Abi, watch?: (use: Use) => void): Abi {
  const deadlines = new Deadlines();
  return {
    ...abi,
    name: `metered ${abi.name}`,
    instantiate: (program, services) => (program.limits ? new Metered(abi, program, services, program.limits, deadlines, watch) : abi.instantiate(program, services)),
  };
}

/** A trap with the guest's functions, innermost first, where the engine tells of them. */
function traced(cause: unknown, imported: number): unknown {
  const stack = (cause as { stack?: unknown } | null)?.stack;
  // The import that hardening adds moved the module's own functions up by one, where it was hardened.
  const seen = typeof stack === "string" ? frames(stack, (index) => (index > imported ? index - 1 : index)) : [];
  return seen.length === 0 ? cause : failure("trap", brokeOff(seen, cause), { frames: seen }, cause);
}

class Metered implements AbiInstance, Timed {
  readonly memory: AbiInstance["memory"];
  readonly suspension: Suspension | undefined;
  due = Infinity;
  readonly #own: AbiInstance;
  readonly #budget: Budget;
  readonly #scope: Scope;
  /** Functions that the plugin imports. */
  readonly #imported: number;
  readonly #time: number;
  readonly #deadlines: Deadlines;
  /** Gives up the call whose guest is suspended. */
  #giveUp: ((error: unknown) => void) | undefined;

  constructor(abi: Abi, program: Program, services: Services, limits: Bounds, deadlines: Deadlines, watch: ((use: Use) => void) | undefined) {
    const { scope, log } = services;
    const budget = new Budget(scope, limits, watch);
    scope.budget = budget;
    this.#scope = scope;
    this.#imported = program.main.inspected.imports.filter(({ kind }) => kind === "function").length;
    try {
      this.#own = abi.instantiate(program, { ...services, log: budget.logger(log) });
    } catch (cause) {
      throw budget.blame(cause);
    }
    this.#budget = budget;
    this.#time = limits.time;
    this.#deadlines = deadlines;
    this.memory = this.#own.memory;
    this.suspension = this.#own.suspension && this.#held(this.#own.suspension);
  }

  call(call: Call): unknown {
    this.#budget.begin();
    try {
      const output = this.#own.call(call);
      this.#budget.end();
      return output;
    } catch (cause) {
      throw this.#blame(cause);
    }
  }

  begin(call: Call): Promise<unknown> {
    this.#budget.begin();
    if (this.#time !== Infinity) this.due = performance.now() + this.#time;
    try {
      return this.#own.begin(call).catch((cause: unknown) => {
        throw this.#blame(cause);
      });
    } catch (cause) {
      throw this.#blame(cause);
    }
  }

  end(call: Call, raw: unknown): unknown {
    try {
      this.#budget.end();
      return this.#own.end(call, raw);
    } catch (cause) {
      throw this.#blame(cause);
    }
  }

  expire(): void {
    this.#giveUp?.(over("time", Math.ceil(performance.now() - this.due + this.#time), this.#time));
  }

  #blame(cause: unknown): unknown {
    const starved = this.#budget.short && (!isIsopodError(cause) || STARVED.includes(cause.code));
    if (starved) return this.#budget.blame(cause);
    const { inside, thrown } = this.#scope;
    return inside && thrown === undefined && !isIsopodError(cause) ? traced(cause, this.#budget.main ? this.#imported : Infinity) : cause;
  }

  /** A guest whose call is given up is brought to its end: see `Budget.retire`. */
  #held(own: Suspension): Suspension {
    return {
      ...own,
      guard: (result, loan) => own.guard(result, { ...loan, budget: this.#budget, pending: this.#time === Infinity ? loan.pending : this.#timed(loan) }),
    };
  }

  /** A guest that waits for the host uses no fuel: a timer ends its call. */
  #timed({ pending, watch }: Loan): Loan["pending"] {
    // Where requests vanish, timers do with them, so that each has its own.
    const deadlines = watch ? new Deadlines() : this.#deadlines;
    return {
      add: (giveUp) => {
        this.#giveUp = giveUp;
        deadlines.watch(this);
        return pending.add(giveUp);
      },
      delete: (giveUp) => {
        this.#giveUp = undefined;
        this.due = Infinity;
        deadlines.forget(this);
        return pending.delete(giveUp);
      },
    };
  }
}
