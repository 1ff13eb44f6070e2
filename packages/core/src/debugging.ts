import type { Program } from "./abi/abi.ts";
import { failure, isIsopodError, wordsOf } from "./errors.ts";
import { Hearing } from "./isolate/before.ts";
import type { Isolation, Place, Setup } from "./isolate/place.ts";
import { boundsOf, rewrites } from "./limits/bounds.ts";
import { isObject, LIMITS, LOAD_OPTIONS, type LoadOptions, type Rule } from "./options.ts";
import type { Limiting } from "./runtime.ts";
import type { WasmModule } from "./wasm/engine.ts";
import { brokeOff } from "./wasm/frames.ts";
import type { Policy } from "./wasm/harden/index.ts";
import { fromBuilt } from "./wasm/lines/from-built.ts";
import { fromBytes } from "./wasm/lines/from-bytes.ts";
import type { Inspected } from "./wasm/types.ts";

const DEBUG: Rule = [(value: unknown) => typeof value === "boolean" || typeof value === "string" || (isObject(value) && "mappings" in value), "true, false, or a source map: an object, or its JSON"];

/**
 * Lets `load` be asked to `debug`: errors of traps then say where in its source a plugin broke off. A piece of the host, as `limits` is.
 *
 * @param limiting what holds plugins to their limits, where something does: what it rewrites has moved
 * @example createHost({ abis, isolations, limits: debugging(limits) })
 */
export function debugging(limiting?: Limiting): Limiting {
  return debuggingBy(() => fromBytes, limiting);
}

/** The same where modules come compiled: by a source map, such as @isopod/build puts into them, and without what hardens bytes. */
export function debuggingBuilt(limiting?: Limiting): Limiting {
  return debuggingWith(() => fromBuilt, limiting, false);
}

/** The same as `debugging`, where what reads lines comes with the first plugin that is debugged. */
export function debuggingBy(fetching: Fetching, limiting?: Limiting): Limiting {
  return debuggingWith(fetching, limiting, limiting !== undefined);
}

/** @param hardens what holds them hardens bytes, as its bounds say */
function debuggingWith(fetching: Fetching, limiting: Limiting | undefined, hardens: boolean): Limiting {
  return {
    rules: limiting?.rules ?? LIMITS,
    options: { ...(limiting?.options ?? LOAD_OPTIONS), debug: DEBUG },
    hold: (isolation, source, wanted, options) => {
      const held = limiting?.hold(isolation, source, wanted, options) ?? isolation;
      const { debug = false } = wanted;
      if (debug === false) return held;
      const bounds = boundsOf(wanted.limits);
      return new Debugging(fetching, held, debug, hardens && rewrites(bounds) ? bounds : undefined);
    },
  };
}

/** What reads lines. */
type Reading = typeof fromBytes;
type Fetching = () => Reading | Promise<Reading>;
type Lines = InstanceType<Reading["ModuleLines"]>;
type Wanted = Exclude<LoadOptions["debug"], undefined | false>;

/** The isolation of one plugin, which knows its modules as they were loaded. */
class Debugging implements Isolation {
  readonly #fetching: Fetching;
  readonly #isolation: Isolation;
  readonly #debug: Wanted;
  readonly #policy: Policy | undefined;
  /** Of what was compiled here. */
  readonly #bytes = new WeakMap<object, Uint8Array>();

  constructor(fetching: Fetching, isolation: Isolation, debug: Wanted, policy: Policy | undefined) {
    this.#fetching = fetching;
    this.#isolation = isolation;
    this.#debug = debug;
    this.#policy = policy;
  }

  get name(): string {
    return this.#isolation.name;
  }

  get limits(): Isolation["limits"] {
    return this.#isolation.limits;
  }

  get inspect(): Isolation["inspect"] {
    return this.#isolation.inspect;
  }

  async compile(bytes: Uint8Array): Promise<object> {
    const module = await this.#isolation.compile(bytes);
    this.#bytes.set(module, bytes);
    return module;
  }

  async place(program: Program, setup: Setup): Promise<Place> {
    const { main, modules } = program;
    const units = [main, ...Object.values(modules)];
    const reading = await this.#fetch();
    const lines = units.map((unit) => this.#linesOf(reading, unit.module, unit.inspected, unit === main, units.length > 1));
    const explain = (error: unknown): unknown => explained(error, (stack) => reading.placedFrames(stack, lines));
    try {
      return new Hearing(await this.#isolation.place(program, setup), explain);
    } catch (error) {
      throw explain(error);
    }
  }

  async #fetch(): Promise<Reading> {
    try {
      return await this.#fetching();
    } catch (cause) {
      throw failure("unsupported", `what reads lines of source could not be loaded: ${wordsOf(cause)}`, undefined, cause);
    }
  }

  #linesOf({ ModuleLines, read }: Reading, module: WasmModule, { imports }: Inspected, main: boolean, beside: boolean): Lines {
    const bytes = this.#bytes.get(module);
    this.#bytes.delete(module);
    const map = main && this.#debug !== true ? this.#debug : undefined;
    return new ModuleLines(read, module, imports.filter(({ kind }) => kind === "function").length, map, bytes, bytes && this.#policy, beside);
  }

  dispose(error: Parameters<Isolation["dispose"]>[0]): void {
    this.#isolation.dispose(error);
  }
}

/** A trap with the guest's functions and where they stand, innermost first, where the engine tells of them. */
function explained(error: unknown, placed: (stack: string) => readonly string[]): unknown {
  if (!isIsopodError(error) || error.code !== "trap") return error;
  const { stack } = (error.cause ?? {}) as { stack?: unknown };
  const seen = typeof stack === "string" ? placed(stack) : [];
  return seen.length === 0 ? error : failure("trap", brokeOff(seen, error.cause), { ...error.details, frames: seen }, error.cause);
}
