import { failure, isIsopodError, wordsOf, type IsopodError } from "../errors.ts";
import type { Scope } from "../capability/scope.ts";
import { GuestMemory } from "../memory/guest-memory.ts";
import { tagOf, type WasmMemory } from "../wasm/engine.ts";
import type { Import } from "../wasm/types.ts";
import type { Program, Unit } from "./abi.ts";
import { few } from "./exports.ts";
import { fromGuest, initialise } from "./start.ts";

/** Answers one import of a module, or undefined where it has nothing of that name. */
export type Provider = (wanted: Import) => unknown;

/** The memory of a module that is being linked: there from the moment it is instantiated, not before. */
export class Linked {
  #memory: GuestMemory | undefined;

  /** @throws `trap` when a start function calls an import that needs memory before there is one */
  get memory(): GuestMemory {
    if (this.#memory) return this.#memory;
    throw failure("trap", "the plugin had no memory yet");
  }

  adopt(exports: Record<string, unknown>): GuestMemory | undefined {
    const { memory } = exports;
    if (tagOf(memory) === "WebAssembly.Memory") this.#memory = new GuestMemory(memory as WasmMemory);
    return this.#memory;
  }
}

/** One module after instantiation. */
export interface Live {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly memory: GuestMemory | undefined;
}

/**
 * Instantiates the main module, its companions first, each with the providers made for it.
 * @throws `missing_import`, `bad_signature`, `trap`
 */
export function instantiate(program: Program, scope: Scope, providersFor: (linked: Linked) => readonly Provider[]): Live {
  const done = new Map<Unit, Live | undefined>();
  const visit = (unit: Unit): Live => {
    const known = done.get(unit);
    if (known) return known;
    if (done.has(unit)) throw failure("bad_module", "the modules import each other in a circle");
    done.set(unit, undefined);
    const linked = new Linked();
    const providers = providersFor(linked);
    // Null prototypes: a module may be called `__proto__`.
    const imports: Record<string, Record<string, unknown>> = Object.create(null);
    for (const wanted of unit.inspected.imports) {
      const { module, name } = wanted;
      const companion = companionOf(program, module);
      const value = companion ? visit(companion).exports[name] : first(providers, wanted);
      if (value === undefined) throw missingImports(program, providersFor(new Linked()));
      (imports[module] ??= Object.create(null) as Record<string, unknown>)[name] = value;
    }
    const exports = start(unit, imports, scope);
    const live = { exports, memory: linked.adopt(exports) };
    done.set(unit, live);
    if (unit !== program.main) initialise(live, scope, ["_initialize"]);
    return live;
  };
  return visit(program.main);
}

/** One error for all that is missing in all modules, so that it is mended once. */
function missingImports(program: Program, providers: readonly Provider[]): IsopodError {
  const missing = [program.main, ...Object.values(program.modules)]
    .flatMap(({ inspected }) => inspected.imports)
    .filter((wanted) => {
      const companion = companionOf(program, wanted.module);
      return companion ? !companion.inspected.exports.some(({ name }) => name === wanted.name) : first(providers, wanted) === undefined;
    })
    .map(({ module, name }) => `${module}.${name}`);
  return failure("missing_import", `the plugin imports ${few(missing)}: give it functions or modules`, { missing });
}

function companionOf({ modules }: Program, name: string): Unit | undefined {
  return Object.hasOwn(modules, name) ? modules[name] : undefined;
}

function first(providers: readonly Provider[], wanted: Import): unknown {
  for (const provide of providers) {
    const value = provide(wanted);
    if (value !== undefined) return value;
  }
  return undefined;
}

function start(unit: Unit, imports: Record<string, unknown>, { budget }: Scope): Record<string, unknown> {
  try {
    return (budget?.instance(unit, imports) ?? new WebAssembly.Instance(unit.module, imports)).exports;
  } catch (cause) {
    const words = wordsOf(cause);
    if (isIsopodError(cause) || cause instanceof WebAssembly.RuntimeError || /call stack|recursion/i.test(words)) throw fromGuest(cause);
    throw cause instanceof RangeError
      ? failure("unsupported", `out of memory: ${words}`, undefined, cause)
      : failure("bad_signature", `the plugin does not link: ${words}`, undefined, cause);
  }
}
