import type { Abi, Program, Unit } from "./abi/abi.ts";
import { detect } from "./abi/detect.ts";
import { signature } from "./abi/exports.ts";
import { entries, index, tabulate, type FunctionEntry, type FunctionTable, type Functions } from "./capability/functions.ts";
import type { Plugin, PluginInfo } from "./contract/operations.ts";
import { operationsOver } from "./contract/plugin.ts";
import { IsopodError } from "./errors.ts";
import type { Isolation } from "./isolate/place.ts";
import { checkHost, checkLoad, poolLimits, type HostOptions, type LoadOptions } from "./options.ts";
import { aborted } from "./pool/queue.ts";
import type { Runtime } from "./runtime.ts";
import { read, type Source, type Taken, type UrlLike } from "./source/read.ts";
import { verify } from "./source/verify.ts";
import { inspect, inspectModule } from "./wasm/inspect.ts";
import type { Inspected } from "./wasm/types.ts";

export type { HostOptions, LoadOptions } from "./options.ts";

/** Loads plugins and owns what they run on. */
export interface Host {
  /**
   * Source → verify → inspect → detect → compile → first instance. Whatever cannot work fails here.
   *
   * @example const plugin = await host.load(bytes, { integrity: "sha256-…" });
   * @throws IsopodError: `bad_source`, `integrity`, `bad_module`, `abi_unknown`, `abi_ambiguous`, `missing_import`,
   *   `bad_signature`, `unsupported`, `invalid_option`, `trap`, `aborted`, `disposed`
   */
  load(source: Source, options?: LoadOptions): Promise<Plugin>;
  /** Disposes every plugin and ends every worker. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? (Symbol.for("Symbol.asyncDispose") as never);

/**
 * Makes a host of a runtime; adapters call this.
 *
 * @param own names of the options that the adapter adds
 */
export function makeHost(runtime: Runtime, options: HostOptions = {}, own: readonly string[] = []): Host {
  checkHost(options, own);
  const abis = options.abis ?? runtime.abis;
  const plugins = new Set<Plugin>();
  let gone: IsopodError | undefined;

  const load = async (source: Source, wanted: LoadOptions = {}): Promise<Plugin> => {
    checkLoad(wanted);
    const limits = poolLimits(wanted.limits);
    const live = (): void => {
      if (gone) throw gone;
      if (wanted.signal?.aborted) throw aborted(wanted.signal);
    };
    live();

    const taken = await read(source, runtime.open);
    const isolation = isolationOf(runtime, options.isolation, taken);
    const main = await unit(taken, isolation, wanted.integrity);
    const { abi, reason } = detect(main.inspected, abis, wanted.abi, runtime.foreign);
    const modules = await companions(wanted.modules ?? {}, runtime, isolation);
    live();

    const program: Program = {
      abi: abi.name,
      main: await main.compiled(),
      modules,
      config: { ...wanted.config },
      state: wanted.state ?? (abi.keepsState?.(main.inspected) ? "plugin" : "none"),
      grants: { clock: wanted.grants?.clock ?? false, random: wanted.grants?.random ?? false, http: wanted.grants?.http },
    };
    const place = await isolation.place(program, { abi, limits, functions: functionsOf(wanted, abi.capabilities?.(program.grants) ?? []), log: wanted.log ?? options.log });
    const plugin = operationsOver(place, describe(program, abi, reason, isolation), () => plugins.delete(plugin));
    plugins.add(plugin);
    try {
      live();
    } catch (error) {
      await plugin.dispose();
      throw error;
    }
    return plugin;
  };

  const dispose = async (): Promise<void> => {
    gone ??= new IsopodError("disposed", "the host was disposed: make a new one");
    await Promise.all([...plugins].map((plugin) => plugin.dispose()));
    for (const isolation of runtime.isolations) isolation.dispose(gone);
  };

  return { load, dispose, [asyncDispose]: dispose };
}

interface Candidate {
  readonly inspected: Inspected;
  /** Compiles, once it is known what the module is. */
  readonly compiled: () => Promise<Unit>;
}

/** Verify, then inspect: nothing is compiled before both have passed. */
async function unit(taken: Taken, isolation: Isolation, integrity?: string): Promise<Candidate> {
  const { bytes, module } = taken;
  if (!bytes) {
    if (integrity !== undefined) throw new IsopodError("unsupported", "a compiled Module has no bytes to hold against `integrity`: load the bytes, or leave it out");
    const inspected = inspectModule(module);
    return { inspected, compiled: async () => ({ module, inspected }) };
  }
  if (integrity !== undefined) await verify(bytes, integrity);
  const inspected = inspect(bytes);
  return { inspected, compiled: async () => ({ module: await isolation.compile(bytes), inspected }) };
}

async function companions(sources: NonNullable<LoadOptions["modules"]>, runtime: Runtime, isolation: Isolation): Promise<Record<string, Unit>> {
  const units = Object.entries(sources).map(async ([name, source]) => {
    const { compiled } = await unit(await read(source, runtime.open), isolation);
    return [name, await compiled()] as const;
  });
  return Object.fromEntries(await Promise.all(units));
}

function isolationOf(runtime: Runtime, wanted: string | undefined, taken: Taken): Isolation {
  const name = wanted ?? runtime.choose?.(taken.bytes ? "bytes" : "module");
  if (name === undefined) return runtime.isolations[0]!;
  const found = runtime.isolations.find((isolation) => isolation.name === name);
  if (found) return found;
  throw new IsopodError("unsupported", `isolation must be one of ${runtime.isolations.map((isolation) => isolation.name).join(", ")} in this runtime, and is "${name}"`);
}

/** The application's functions, and the granted capabilities, which are functions too. */
function functionsOf({ functions = {} }: LoadOptions, capabilities: readonly FunctionEntry[]): FunctionTable | { readonly href: string } {
  if (typeof (functions as UrlLike).href !== "string") return index([...entries(tabulate(functions as Functions)), ...capabilities]);
  if (capabilities.length === 0) return { href: (functions as UrlLike).href };
  throw new IsopodError("unsupported", "granted capabilities and host functions from a module cannot be combined yet: pass the functions as an object");
}

function describe({ abi: name, main: { inspected }, state }: Program, abi: Abi, reason: string, isolation: Isolation): PluginInfo {
  const plain = <T extends { type?: Parameters<typeof signature>[0] }>({ type, ...item }: T) => ({ ...item, ...(type && { type: signature(type)! }) });
  return {
    abi: name,
    reason,
    isolation: isolation.name,
    state,
    ...(inspected.size !== undefined && { size: inspected.size }),
    imports: inspected.imports.map(({ module, name: field, kind, type }) => plain({ module, name: field, kind: kind as string, ...(type && { type }) })),
    exports: inspected.exports.map(({ name: field, kind, type }) => plain({ name: field, kind: kind as string, ...(type && { type }) })),
    operations: abi.operations(inspected),
  };
}
