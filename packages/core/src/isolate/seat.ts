import type { Abi, AbiInstance, Program } from "../abi/abi.ts";
import { fromGuest } from "../abi/start.ts";
import type { Variables } from "../abi/variables.ts";
import type { FunctionTable } from "../capability/functions.ts";
import type { Level } from "../capability/log.ts";
import { Scope } from "../capability/scope.ts";
import type { Lent } from "../pool/pool.ts";
import type { Call } from "../contract/call.ts";

/** What the instances of one plugin share in one thread. */
export interface Shared {
  readonly functions: FunctionTable;
  readonly log: (level: Level, message: string) => void;
  readonly variables: Variables | undefined;
}

/** One instance and the call it serves. */
export class Seat implements Lent {
  readonly instance: AbiInstance;
  readonly scope: Scope = new Scope();
  lent = false;
  /** The guest was left half way through, by whatever error: it must not be used again. */
  broken = false;

  constructor(program: Program, abi: Abi, shared: Shared) {
    const { grants, state } = program;
    this.instance = abi.instantiate(program, {
      ...shared,
      scope: this.scope,
      grants,
      variables: state === "plugin" ? shared.variables : abi.variables?.(),
    });
  }

  /** Lower, guest, lift. @throws what `blame` makes an error of */
  run(call: Call): unknown {
    const { instance, scope } = this;
    scope.call = call;
    const output = instance.call(call);
    scope.leave();
    return output;
  }

  /** What the caller is told: an error of ours, or the caller's own from `borrow`. The scope is left clean for the next call, should there be one. */
  blame(call: Call, cause: unknown): unknown {
    const { thrown, inside } = this.scope;
    this.scope.thrown = undefined;
    this.scope.inside = false;
    this.scope.leave();
    this.broken = inside;
    if (inside || !call.borrow || cause instanceof WebAssembly.RuntimeError) return thrown ?? fromGuest(cause);
    return cause;
  }
}
