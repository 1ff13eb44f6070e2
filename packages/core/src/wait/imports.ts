import type { FunctionEntry, FunctionTable } from "../capability/functions.ts";
import type { Scope } from "../capability/scope.ts";
import type { Import } from "../wasm/types.ts";
import { bind, type Marshal } from "./bind.ts";
import { promising } from "./jspi.ts";

/** The host functions of one instance: what it imports of them, and whether any of these can suspend it. */
export class HostImports {
  suspends = false;
  readonly #functions: FunctionTable;
  readonly #scope: Scope;
  readonly #marshal: (entry: FunctionEntry, wanted: Import) => Marshal;

  constructor(functions: FunctionTable, scope: Scope, marshal: (entry: FunctionEntry, wanted: Import) => Marshal) {
    this.#functions = functions;
    this.#scope = scope;
    this.#marshal = marshal;
  }

  readonly provide = (wanted: Import): unknown => {
    const entry = this.#functions.get(wanted.module)?.get(wanted.name);
    if (!entry || wanted.kind !== "function") return undefined;
    this.suspends ||= entry.suspends;
    return bind(entry, this.#scope, this.#marshal(entry, wanted));
  };

  /** An export as it must be entered: by a promise, where something below it may suspend. */
  enterable(run: Function): Function {
    return this.suspends ? promising(run) : run;
  }
}
