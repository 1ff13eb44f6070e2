import type { Functions, FunctionTable } from "../capability/functions.ts";
import type { HttpGrant } from "../capability/http.ts";
import type { Level } from "../capability/log.ts";
import type { Scope } from "../capability/scope.ts";
import type { Call } from "../contract/call.ts";
import type { Bounds } from "../limits/bounds.ts";
import type { GuestMemory } from "../memory/guest-memory.ts";
import type { Suspension } from "../wait/suspension.ts";
import type { WasmModule } from "../wasm/engine.ts";
import type { Inspected } from "../wasm/types.ts";
import type { Linked, Provider } from "./link.ts";
import type { Variables } from "./variables.ts";

/** Why an ABI believes a module is its own. */
export interface Match {
  /** How much the module says for itself: 3 imports of this ABI alone, 2 its exports, 1 a convention, 0 anything at all. */
  readonly rank: 0 | 1 | 2 | 3;
  /** A sentence. */
  readonly reason: string;
}

/** One compiled module and what was read out of it. */
export interface Unit {
  readonly module: WasmModule;
  readonly inspected: Inspected;
}

/** All that is needed to instantiate a plugin, and nothing that cannot be posted to a worker. */
export interface Program {
  readonly abi: string;
  readonly main: Unit;
  /** Further modules that the main one, or one of these, may import from, by name. */
  readonly modules: Readonly<Record<string, Unit>>;
  readonly config: Readonly<Record<string, string>>;
  readonly state: "none" | "plugin";
  readonly grants: { readonly clock?: boolean; readonly random?: boolean; readonly http?: HttpGrant };
  /** What each instance is held to; absent where the host has nothing to hold it with. */
  readonly limits?: Bounds | undefined;
}

/** What the host lends to one instance. */
export interface Services {
  readonly scope: Scope;
  readonly functions: FunctionTable;
  readonly log: (level: Level, message: string) => void;
  readonly grants: Program["grants"];
  /** Where the ABI keeps variables, and asked for them. */
  readonly variables: Variables | undefined;
}

/**
 * One instantiated plugin: lower, guest, lift. It serves one call at a time.
 *
 * Both ways in do the same. `call` does it in one go; `begin` and `end` are its halves for a guest that may be
 * suspended in between. The first is a method of its own, because an i64 that leaves the function which received it
 * becomes a BigInt on the heap.
 */
export interface AbiInstance {
  /** There where an import may suspend: then it is entered by `begin`, and cannot be called synchronously. */
  readonly suspension?: Suspension | undefined;
  /** Memory that holds the guest's data; undefined where it has none. */
  readonly memory: GuestMemory | undefined;
  /** @throws `missing_export`, `bad_input`, and whatever the guest throws */
  call(call: Call): unknown;
  /** Lowers and enters; gives what the guest returned. */
  begin(call: Call): Promise<unknown>;
  /** Lifts. */
  end(call: Call, raw: unknown): unknown;
}

/** Imports that modules of any ABI may lean on, such as WASI's: answers what it knows, for one module of one instance. */
export type ImportModule = (services: Services, linked: Linked) => Provider;

/** A plugin ABI: how the contract is spelled in imports, exports and memory. One folder each. */
export interface Abi {
  /** As `abi` of `load` and `plugin.info.abi` have it. */
  readonly name: string;
  /** Looks at the module; undefined where it is not one of these. */
  match(inspected: Inspected): Match | undefined;
  /** Names of the operations, where the ABI knows them. */
  operations(inspected: Inspected): string[];
  /** True where the module imports a promise that outlives the instance, such as variables. */
  keepsState?(inspected: Inspected): boolean;
  /** Where that promise is kept. */
  variables?(entries?: Iterable<readonly [string, Uint8Array]>): Variables;
  /** What guests may call: functions of the application, and granted capabilities. Absent where they can call none. */
  functions?(given: Functions, grants: Program["grants"]): FunctionTable;
  /** True where plugins have imports to ask for config and HTTP. */
  readonly asks?: boolean;
  /** Memories that each instance has beside those of its modules. */
  readonly memories?: number;
  /** @throws `missing_import`, `bad_signature`, `trap` */
  instantiate(program: Program, services: Services): AbiInstance;
}
