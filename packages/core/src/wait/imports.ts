import type { FunctionEntry, Functions, FunctionTable } from "../capability/functions.ts";
import type { Scope } from "../capability/scope.ts";
import type { Import } from "../wasm/types.ts";
import { bind, type Marshal } from "./bind.ts";
import { jspi, type Suspension } from "./suspension.ts";

/** How guests of an ABI call functions of the application; a bundle that does not name it holds nothing of them. */
export interface HostFunctions<Own> {
  tabulate(functions: Functions): FunctionTable;
  /** @param own what the marshalling needs of the instance */
  link(services: { readonly functions: FunctionTable; readonly scope: Scope }, own: Own): HostImports;
}

/** The host functions of one instance: what it imports of them, and whether any of these can suspend it. */
export class HostImports {
  suspension: Suspension | undefined;
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
    if (entry.suspends) this.suspension = jspi;
    return bind(entry, this.#scope, this.#marshal(entry, wanted));
  };
}
