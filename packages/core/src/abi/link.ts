import { IsopodError, isIsopodError } from "../errors.ts";
import { GuestMemory } from "../memory/guest-memory.ts";
import type { WasmMemory } from "../wasm/engine.ts";
import type { Import } from "../wasm/types.ts";
import type { Program, Unit } from "./abi.ts";

/** Answers one import of a module, or undefined where it has nothing of that name. */
export type Provider = (wanted: Import) => unknown;

/** The memory of a module that is being linked: there from the moment it is instantiated, not before. */
export class Linked {
  #memory: GuestMemory | undefined;

  /** @throws `trap` when a start function calls an import that needs memory before there is one */
  get memory(): GuestMemory {
    if (this.#memory) return this.#memory;
    throw new IsopodError("trap", "the plugin called the host before its memory was there, from its start function");
  }

  adopt(exports: Record<string, unknown>): GuestMemory | undefined {
    const { memory } = exports;
    if (isMemory(memory)) this.#memory = new GuestMemory(memory);
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
export function instantiate(program: Program, providersFor: (linked: Linked) => readonly Provider[]): Live {
  const done = new Map<Unit, Live>();
  const visit = (unit: Unit, path: readonly Unit[]): Live => {
    const known = done.get(unit);
    if (known) return known;
    if (path.includes(unit)) throw new IsopodError("bad_module", "the linked modules import each other in a circle");
    const linked = new Linked();
    const providers = providersFor(linked);
    const imports = importObject(unit, (wanted) => {
      const companion = companionOf(program, wanted);
      const value = companion ? visit(companion, [...path, unit]).exports[wanted.name] : first(providers, wanted);
      if (value === undefined) throw missingImports(program, providersFor);
      return value;
    });
    const exports = start(unit, imports);
    const live = { exports, memory: linked.adopt(exports) };
    done.set(unit, live);
    return live;
  };
  return visit(program.main, []);
}

/** One error for all that is missing in all modules, so that it is mended once. */
function missingImports(program: Program, providersFor: (linked: Linked) => readonly Provider[]): IsopodError {
  const providers = providersFor(new Linked());
  const missing: string[] = [];
  for (const { inspected } of [program.main, ...Object.values(program.modules)]) {
    for (const wanted of inspected.imports) {
      const companion = companionOf(program, wanted);
      const there = companion ? companion.inspected.exports.some((item) => item.name === wanted.name) : first(providers, wanted) !== undefined;
      if (!there) missing.push(`${wanted.module}.${wanted.name}`);
    }
  }
  const names = missing.slice(0, 20).join(", ") + (missing.length > 20 ? ` and ${missing.length - 20} more` : "");
  return new IsopodError("missing_import", `the plugin imports what this host does not lend: ${names}. Give host functions by \`functions\`, further modules by \`modules\``, {
    details: { missing },
  });
}

function companionOf(program: Program, wanted: Import): Unit | undefined {
  return Object.hasOwn(program.modules, wanted.module) ? program.modules[wanted.module] : undefined;
}

function first(providers: readonly Provider[], wanted: Import): unknown {
  for (const provide of providers) {
    const value = provide(wanted);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Null prototypes: a module may be called `__proto__`. */
function importObject(unit: Unit, find: Provider): object {
  const imports: Record<string, Record<string, unknown>> = Object.create(null);
  for (const wanted of unit.inspected.imports) {
    const members = (imports[wanted.module] ??= Object.create(null) as Record<string, unknown>);
    members[wanted.name] = find(wanted);
  }
  return imports;
}

function start(unit: Unit, imports: object): Record<string, unknown> {
  try {
    return new WebAssembly.Instance(unit.module, imports).exports;
  } catch (cause) {
    throw fromStart(cause);
  }
}

function fromStart(cause: unknown): IsopodError {
  if (isIsopodError(cause)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof WebAssembly.RuntimeError) return new IsopodError("trap", `the plugin trapped while it started: ${message}`, { cause });
  if (cause instanceof RangeError) return new IsopodError("unsupported", `the plugin cannot be instantiated here: ${message}. Use isolation: "worker"`, { cause });
  return new IsopodError("bad_signature", `the plugin cannot be linked: ${message}`, { cause });
}

export function isMemory(value: unknown): value is WasmMemory {
  return Object.prototype.toString.call(value) === "[object WebAssembly.Memory]";
}
