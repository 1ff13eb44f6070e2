import type { Program } from "./abi/abi.ts";
import { metered } from "./abi/metered.ts";
import { atIndex, Call, isNumber, payload } from "./contract/call.ts";
import type { Input, PluginInfo } from "./contract/operations.ts";
import { failure, isIsopodError } from "./errors.ts";
import { Before, Hearing } from "./isolate/before.ts";
import type { Harden, Isolation, Place, Setup } from "./isolate/place.ts";
import { Clock } from "./isolate/worker/clock.ts";
import { boundsOf, over, rewrites, RULES, type AuditEvent, type Bounds, type LimitName, type Limits } from "./limits/bounds.ts";
import { sizeOf } from "./limits/measure.ts";
import { LIMITS, type HostOptions, type LoadOptions } from "./options.ts";
import type { Limiting } from "./runtime.ts";
import type { UrlLike } from "./source/read.ts";
import { digest } from "./source/verify.ts";
import { harden, manifestOf, type Manifest } from "./wasm/harden/index.ts";
import { PAGE } from "./wasm/harden/policy.ts";
import { isReserved, RESERVED } from "./wasm/harden/reserved.ts";
import type { WasmModule } from "./wasm/engine.ts";
import { inspectModule } from "./wasm/module.ts";
import type { Inspected } from "./wasm/types.ts";

/** Gives back the error that it was told of. */
type Told = (error: unknown, op: string) => unknown;

const rules = { ...RULES, ...LIMITS };

/** Holds plugins to their limits. A bundle that does not name it, or one of the next two, refuses `limits`, but for `concurrency` and `queue`. */
export const limits: Limiting = { rules, hold: (...given) => new Holding({ harden, clock: Clock }, ...given) };

/** The same where no worker is: without what ends one. */
export const inlineLimits: Limiting = { rules, hold: (...given) => new Holding({ harden }, ...given) };

/** The same where modules come compiled, and are held if they were hardened when they were built: without what hardens bytes, too. */
export const builtLimits: Limiting = { rules, hold: (...given) => new Holding({}, ...given) };

/**
 * Bytes that can be held to these limits, for runtimes that cannot rewrite what they are given.
 *
 * @param digest of the bytes, for the manifest
 * @throws `bad_module`, `unsupported`, `limit`
 */
export function hardened(bytes: Uint8Array, limited: Pick<Limits, "memory" | "tables"> = {}, digest?: string): Uint8Array<ArrayBuffer> {
  return harden(bytes, boundsOf(limited), digest);
}

/** What holds plugins, as far as a bundle has it. */
interface Means {
  readonly harden?: Harden;
  readonly clock?: typeof Clock;
}

/** The isolation of one plugin, which hardens what it compiles and holds what it places. */
class Holding implements Isolation {
  readonly #wanted: Limits;
  #bounds: Bounds;
  readonly #isolation: Isolation;
  readonly #harden: Harden | undefined;
  readonly #clock: typeof Clock | undefined;
  readonly #told: Told | undefined;
  /** Of modules that were compiled already: what they say of themselves, if they were hardened. */
  readonly #manifests: (Manifest | undefined)[] = [];
  /** A module asks its host for fuel, be it without limit. */
  #rewritten = false;
  /** Modules that were made here. */
  readonly #compiled = new WeakSet<object>();

  constructor({ harden, clock }: Means, isolation: Isolation, source: unknown, { limits: wanted = {} }: LoadOptions, { audit }: HostOptions) {
    this.#wanted = wanted;
    this.#bounds = boundsOf(wanted);
    this.#isolation = isolation;
    this.#harden = isolation.harden ?? harden;
    this.#clock = clock;
    this.#told = audit && tell(audit, typeof source === "string" ? source : (source as Partial<UrlLike> | null)?.href);
  }

  get name(): string {
    return this.#isolation.name;
  }

  async compile(bytes: Uint8Array): Promise<object> {
    if (!rewrites(this.#bounds)) return this.#made(await this.#isolation.compile(bytes));
    if (!this.#harden) throw failure("unsupported", "bytes cannot be held to limits here: import it, or use a Worker Loader");
    try {
      // Where a page is not secure, nothing can be hashed.
      const hardened = await this.#harden(bytes, this.#bounds, crypto.subtle ? await digest(bytes) : undefined);
      this.#rewritten = true;
      return this.#made(await this.#isolation.compile(hardened));
    } catch (error) {
      this.#told?.(error, "load");
      throw error;
    }
  }

  #made(module: object): object {
    this.#compiled.add(module);
    return module;
  }

  /** Without what hardening has added. */
  readonly inspect = (module: WasmModule, size?: number): Inspected => {
    const manifest = manifestOf(module);
    if (!this.#compiled.has(module)) this.#manifests.push(manifest);
    this.#rewritten ||= manifest !== undefined;
    const inspected = inspectModule(module, size);
    const { imports, exports } = inspected;
    if (!manifest) return inspected;
    return { ...inspected, imports: imports.filter((item) => item.module !== RESERVED), exports: exports.filter(({ name }) => !isReserved(name)), memories: [{ minimum: manifest.held / PAGE, shared: false, wide: false }] };
  };

  get limits(): PluginInfo["limits"] {
    const { concurrency = 16, queue = 1024 } = this.#wanted;
    const all = Object.entries({ ...this.#bounds, concurrency, queue });
    return Object.fromEntries(all.map(([name, cap]) => [name, cap === Infinity ? "unlimited" : cap])) as PluginInfo["limits"];
  }

  dispose(error: Parameters<Isolation["dispose"]>[0]): void {
    this.#isolation.dispose(error);
  }

  async place(program: Program, setup: Setup): Promise<Place> {
    const bounds = (this.#bounds = this.#holds());
    if (!this.#rewritten && Object.values(bounds).every((cap) => cap === Infinity)) return this.#isolation.place(program, setup);
    const loose = this.#manifests.includes(undefined);
    const { fleet } = this.#isolation;
    if (fleet && !this.#clock) throw failure("unsupported", "workers need limits, not inlineLimits");
    const clock = bounds.time === Infinity || !fleet ? undefined : new this.#clock!(fleet, bounds.time, loose, this.#wanted.time !== undefined);
    const abi = metered(setup.abi);
    try {
      const place = await this.#isolation.place({ ...program, abi: abi.name, limits: bounds }, { ...setup, abi, clock });
      const guarded = new Guarded(place, bounds.input, clock);
      return this.#told ? new Hearing(guarded, this.#told) : guarded;
    } catch (error) {
      clock?.leave();
      this.#told?.(error, "load");
      throw error;
    }
  }

  /** What can be held: of a Module that was not hardened, little. @throws `unsupported` where more was asked for */
  #holds(): Bounds {
    const { fleet } = this.#isolation;
    const manifests = this.#manifests;
    if (manifests.length === 0) return this.#bounds;
    if (manifests.includes(undefined)) {
      const lost: readonly LimitName[] = ["memory", "tables", "fuel", ...(fleet ? [] : (["time"] as const))];
      const asked = lost.find((name) => (this.#wanted[name] ?? "unlimited") !== "unlimited");
      if (asked) throw failure("unsupported", `a Module that was not hardened cannot be held to limits.${asked}: load bytes, or build it with @isopod/build`, { limit: asked });
      return { ...this.#bounds, ...Object.fromEntries(lost.map((name) => [name, Infinity])) };
    }
    const memory = Math.min(this.#bounds.memory, ...manifests.map((manifest) => manifest!.memory ?? Infinity));
    const tables = Math.max(...manifests.map((manifest) => manifest!.tables ?? Infinity));
    if (this.#wanted.tables !== undefined && this.#bounds.tables < tables) throw failure("unsupported", `the Module was built with tables of up to ${tables}: load bytes to hold it to limits.tables`, { limit: "tables", built: tables });
    return { ...this.#bounds, memory, tables };
  }
}

/** Refuses an input that is too much before anything of it is touched. */
class Guarded extends Before {
  readonly #input: number;
  readonly #clock: Clock | undefined;

  constructor(place: Place, input: number, clock: Clock | undefined) {
    super(place);
    this.#input = input;
    this.#clock = clock;
  }

  override run(call: Call): unknown {
    return this.place.run(this.#checked(call));
  }

  override runSync(call: Call): unknown {
    return this.place.runSync(this.#checked(call));
  }

  override runMany(call: Call, inputs: readonly Input[]): unknown[] | Promise<unknown[]> {
    const small = inputs.map((input, index) => atIndex(index, () => checked(input, this.#input)));
    this.#clock?.batch(call, inputs.length);
    return this.place.runMany(call, small);
  }

  override dispose(error: Parameters<Place["dispose"]>[0]): void {
    super.dispose(error);
    this.#clock?.leave();
  }

  #checked(call: Call): Call {
    const { input } = call;
    if (input instanceof Uint8Array && input.length <= this.#input) return call; // most are, and this is all it takes
    const small = checked(input, this.#input);
    return small === input ? call : new Call(call.op, small, call);
  }
}

/** The input, as text where it has to be made JSON to be measured. Numbers count eight bytes each. @throws `limit`, `bad_input` */
function checked(input: Input, cap: number): Input {
  if (cap === Infinity || input === undefined) return input;
  if (isNumber(input)) return fits(input, 8, cap);
  if (Array.isArray(input) && input.every(isNumber)) return fits(input, input.length * 8, cap);
  const data = payload(input);
  return fits(data, typeof data === "string" ? sizeOf(data, cap) : data.length, cap);
}

function fits<T>(input: T, size: number, cap: number): T {
  if (size > cap) throw over("input", size, cap);
  return input;
}

function tell(audit: (event: AuditEvent) => void, plugin: string | undefined): Told {
  return (error, op) => {
    if (!isIsopodError(error) || error.code !== "limit") return error;
    const { limit, used, cap } = error.details as { limit: string; used: number; cap: number };
    try {
      audit({ kind: "limit", ...(plugin !== undefined && { plugin }), op, limit, used, cap });
    } catch {
      // An audit that fails must not fail the call.
    }
    return error;
  };
}
