import type { Abi, Program, Unit } from "./abi/abi.ts";
import { detect } from "./abi/detect.ts";
import { few, signature } from "./abi/exports.ts";
import type { FunctionTable, Functions } from "./capability/functions.ts";
import { aborted } from "./contract/call.ts";
import type { Plugin, PluginInfo } from "./contract/operations.ts";
import { asyncDispose, operationsOver } from "./contract/plugin.ts";
import { failure, type IsopodError } from "./errors.ts";
import type { Isolation } from "./isolate/place.ts";
import { checkHost, checkLoad, type HostOptions, type LoadOptions } from "./options.ts";
import { Queue } from "./pool/queue.ts";
import type { Runtime } from "./runtime.ts";
import { read, type Source, type Taken, type UrlLike } from "./source/read.ts";
import { verify } from "./source/verify.ts";
import { inspectModule } from "./wasm/module.ts";
import type { FunctionType, Inspected } from "./wasm/types.ts";

export type { HostOptions, LoadOptions } from "./options.ts";

/** Loads plugins and owns what they run on. */
export interface Host {
  /**
   * Source → verify → inspect → detect → compile → first instance. Whatever cannot work fails here.
   *
   * @example const plugin = await host.load(bytes, { integrity: "sha256-…" });
   * @throws IsopodError: `bad_source`, `integrity`, `bad_module`, `abi_unknown`, `abi_ambiguous`, `missing_import`,
   *   `bad_signature`, `unsupported`, `invalid_option`, `aborted`, `disposed`; what a start function comes to: `trap`, `exit`, `limit`;
   *   `worker_lost`, `protocol`
   */
  load(source: Source, options?: LoadOptions): Promise<Plugin>;
  /** Disposes every plugin and ends every worker. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Makes a host of a runtime; adapters call this. */
export function makeHost(runtime: Runtime, options: HostOptions = {}): Host {
  checkHost(options);
  const abis = options.abis ?? runtime.abis;
  /** Plugins, and who waits for one. */
  const owned = new Set<{ dispose(error: IsopodError): unknown }>();
  let gone: IsopodError | undefined;

  const load = async (source: Source, wanted: LoadOptions = {}): Promise<Plugin> => {
    checkLoad(wanted, runtime.limits);
    // Who has given up is told at once, whatever is waited for: a source may never come.
    const waiting = new Queue<never>();
    owned.add(waiting);
    return Promise.race([make(source, wanted), waiting.wait(wanted.signal)]).finally(() => {
      waiting.dispose(gone!); // lets go of the signal; what it gave is nobody's any more
      owned.delete(waiting);
    });
  };

  const make = async (source: Source, wanted: LoadOptions): Promise<Plugin> => {
    const { signal, grants = {}, modules = {}, limits: { concurrency = 16, queue = 1024 } = {} } = wanted;
    const live = (): void => {
      if (gone) throw gone;
      if (signal?.aborted) throw aborted(signal);
    };
    live();

    // All are read at once: what the caller does to its buffers afterwards changes nothing.
    const names = Object.keys(modules);
    const [taken, ...others] = await Promise.all([source, ...Object.values(modules)].map((each) => read(each, runtime.open)));
    const given = isolationOf(runtime, options.isolation, taken!);
    const isolation = runtime.limits?.hold(given, source, wanted, options) ?? given;
    const { inspected, compiled } = await examine(taken!, isolation, runtime, wanted.integrity);
    const { abi, reason } = detect(inspected, abis, wanted.abi, runtime.foreign);
    const companions = await Promise.all(others.map(async (other) => (await examine(other, isolation, runtime)).compiled()));

    const lacks = (what: string): never => {
      throw failure("unsupported", `the ABI ${abi.name} has no ${what}: leave it out`);
    };
    if (!abi.asks && (grants.http || filled(wanted.config))) lacks("config or http");
    if (!abi.functions && filled(wanted.functions)) lacks("functions");

    const main = await compiled();
    live();
    const keeps = [main, ...companions].some((unit) => abi.keepsState?.(unit.inspected));
    const program: Program = {
      abi: abi.name,
      main,
      modules: Object.fromEntries(companions.map((unit, index) => [names[index], unit])),
      config: { ...wanted.config },
      state: wanted.state ?? (keeps ? "plugin" : "none"),
      grants: { ...grants },
    };
    const setup = { abi, limits: { concurrency, queue }, functions: functionsOf(wanted, abi, program.grants), log: wanted.log ?? options.log, signal };
    const place = await isolation.place(program, setup);
    const info = describe(program, abi, reason, isolation);
    const swaps = runtime.swapping?.(place, info, wanted, load);
    const plugin = operationsOver(swaps ?? place, info, () => owned.delete(plugin));
    swaps?.give(plugin);
    owned.add(plugin);
    if (gone || signal?.aborted) await plugin.dispose();
    live();
    return plugin;
  };

  const dispose = async (): Promise<void> => {
    gone ??= failure("disposed", "the host was disposed: make a new one");
    await Promise.all([...owned].map((one) => one.dispose(gone!)));
    for (const isolation of runtime.isolations) isolation.dispose(gone);
  };

  return { load, dispose, [asyncDispose]: dispose };
}

interface Examined {
  readonly inspected: Inspected;
  /** Compiles, once it is known what the module is. */
  readonly compiled: () => Promise<Unit>;
}

/** Verify, then inspect: nothing is compiled before both have passed. */
async function examine({ bytes, module }: Taken, isolation: Isolation, { inspect }: Runtime, integrity?: string): Promise<Examined> {
  if (integrity !== undefined) {
    if (!bytes) throw failure("unsupported", "integrity needs bytes");
    await verify(bytes, integrity);
  }
  const early = bytes && inspect?.(bytes);
  const ready = early ? undefined : (module ?? (await isolation.compile(bytes!)));
  const inspected = early ?? (isolation.inspect ?? inspectModule)(ready!, bytes?.length);
  return { inspected, compiled: async () => ({ module: ready ?? (await isolation.compile(bytes!)), inspected }) };
}

function isolationOf(runtime: Runtime, wanted: string | undefined, taken: Taken): Isolation {
  const name = wanted ?? runtime.choose?.(taken.bytes ? "bytes" : "module");
  const found = name === undefined ? runtime.isolations[0] : runtime.isolations.find((isolation) => isolation.name === name);
  if (found) return found;
  throw failure("unsupported", `isolation must be one of ${few(runtime.isolations.map((isolation) => isolation.name))}, not "${name}"`);
}

/** The application's functions, and the granted capabilities, which are functions too. */
function functionsOf({ functions = {} }: LoadOptions, abi: Abi, grants: Program["grants"]): FunctionTable | { readonly href: string } {
  const { href } = functions as UrlLike;
  if (typeof href !== "string") return abi.functions?.(functions as Functions, grants) ?? new Map();
  if (grants.http) throw failure("unsupported", "grants.http needs functions as an object");
  return { href };
}

function filled(option: object = {}): boolean {
  return typeof (option as UrlLike).href === "string" || Object.keys(option).length > 0;
}

function describe({ abi, main: { inspected }, state }: Program, { operations }: Abi, reason: string, { name: isolation, limits }: Isolation): PluginInfo {
  const { size, imports, exports } = inspected;
  return { abi, reason, isolation, state, size, imports: imports.map(shown), exports: exports.map(shown), operations: operations(inspected), limits };
}

function shown<T extends { type?: FunctionType; memory?: unknown }>({ type, memory: _, ...item }: T): Omit<T, "type" | "memory"> & { type?: string } {
  return { ...item, type: signature(type)! };
}
