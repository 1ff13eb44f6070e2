import type { Program } from "./abi/abi.ts";
import type { Call } from "./contract/call.ts";
import { failure, isIsopodError } from "./errors.ts";
import { Before } from "./isolate/before.ts";
import type { Batch, Isolation, Place, Setup } from "./isolate/place.ts";
import { boundsOf, rewrites, type Limits } from "./limits/bounds.ts";
import { isObject, LIMITS, LOAD_OPTIONS, type LoadOptions, type Rule, type SourceMap } from "./options.ts";
import type { Limiting } from "./runtime.ts";
import type { WasmModule } from "./wasm/engine.ts";
import { brokeOff } from "./wasm/frames.ts";
import type { Policy } from "./wasm/harden/index.ts";
import { carryingLines, ModuleLines, placedFrames, readBuilt, readBytes, type Read } from "./wasm/lines/index.ts";
import type { Inspected } from "./wasm/types.ts";

const DEBUG: Rule = [(value: unknown) => typeof value === "boolean" || typeof value === "string" || (isObject(value) && "mappings" in value), "true, false, or a source map: an object, or its JSON"];

/**
 * Lets `load` be asked to `debug`: errors of traps then say where in its source a plugin broke off. A piece of the host, as `limits` is.
 *
 * @param limiting what holds plugins to their limits, where something does: what it rewrites has moved
 * @example createHost({ abis, isolations, limits: debugging(limits) })
 */
export function debugging(limiting?: Limiting): Limiting {
  return debuggingBy(readBytes, limiting, limiting !== undefined);
}

/** The same where modules come compiled: by a source map, such as @isopod/build puts into them, and without what hardens bytes. */
export function debuggingBuilt(limiting?: Limiting): Limiting {
  return debuggingBy(readBuilt, limiting, false);
}

/** @param hardens what holds them hardens bytes, as its bounds say */
function debuggingBy(read: Read, limiting: Limiting | undefined, hardens: boolean): Limiting {
  return {
    rules: limiting?.rules ?? LIMITS,
    options: { ...(limiting?.options ?? LOAD_OPTIONS), debug: DEBUG },
    hold: (isolation, source, wanted, options) => {
      const held = limiting?.hold(isolation, source, wanted, options) ?? isolation;
      const { debug = false } = wanted;
      const bounds = boundsOf(wanted.limits);
      return debug === false ? held : new Debugging(read, held, debug, hardens && rewrites(bounds) ? bounds : undefined);
    },
  };
}

/**
 * What `hardened` gives, with its lines in it, for runtimes that get a compiled module and no bytes.
 *
 * @param map the compiler's source map, where that lies beside the module
 * @throws `bad_module`, `unsupported`, `limit`
 */
export function hardenedWithLines(bytes: Uint8Array, limited: Pick<Limits, "memory" | "tables"> = {}, digest?: string, map?: SourceMap | string): Uint8Array<ArrayBuffer> {
  return carryingLines(bytes, boundsOf(limited), digest, map);
}

type Wanted = Exclude<LoadOptions["debug"], undefined | false>;

/** The isolation of one plugin, which knows its modules as they were loaded. */
class Debugging implements Isolation {
  readonly #read: Read;
  readonly #isolation: Isolation;
  readonly #debug: Wanted;
  readonly #policy: Policy | undefined;
  /** Of what was compiled here. */
  readonly #bytes = new WeakMap<object, Uint8Array>();

  constructor(read: Read, isolation: Isolation, debug: Wanted, policy: Policy | undefined) {
    this.#read = read;
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
    const lines = units.map((unit) => this.#linesOf(unit.module, unit.inspected, unit === main, units.length > 1));
    try {
      return new Explained(await this.#isolation.place(program, setup), lines);
    } catch (error) {
      throw explained(error, lines);
    }
  }

  #linesOf(module: WasmModule, { imports }: Inspected, main: boolean, beside: boolean): ModuleLines {
    const bytes = this.#bytes.get(module);
    this.#bytes.delete(module);
    const map = main && this.#debug !== true ? this.#debug : undefined;
    return new ModuleLines(this.#read, module, imports.filter(({ kind }) => kind === "function").length, map, bytes, bytes && this.#policy, beside);
  }

  dispose(error: Parameters<Isolation["dispose"]>[0]): void {
    this.#isolation.dispose(error);
  }
}

/** Says of a trap where it was. */
class Explained extends Before {
  readonly #lines: readonly ModuleLines[];

  constructor(place: Place, lines: readonly ModuleLines[]) {
    super(place);
    this.#lines = lines;
  }

  override run(call: Call): unknown {
    return this.#heard(() => super.run(call));
  }

  override runSync(call: Call): unknown {
    return this.#heard(() => super.runSync(call));
  }

  override runMany(batch: Batch): unknown[] | Promise<unknown[]> {
    return this.#heard(() => super.runMany(batch));
  }

  #heard<T>(run: () => T): T {
    const tell = (error: unknown): never => {
      throw explained(error, this.#lines);
    };
    try {
      const result = run();
      return result instanceof Promise ? (result.catch(tell) as T) : result;
    } catch (error) {
      return tell(error);
    }
  }
}

/** A trap with the guest's functions and where they stand, innermost first, where the engine tells of them. */
function explained(error: unknown, lines: readonly ModuleLines[]): unknown {
  if (!isIsopodError(error) || error.code !== "trap") return error;
  const { stack } = (error.cause ?? {}) as { stack?: unknown };
  const seen = typeof stack === "string" ? placedFrames(stack, lines) : [];
  return seen.length === 0 ? error : failure("trap", brokeOff(seen, error.cause), { ...error.details, frames: seen }, error.cause);
}
