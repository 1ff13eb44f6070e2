import type { Abi } from "./abi/abi.ts";
import type { Functions } from "./capability/functions.ts";
import type { HttpGrant } from "./capability/http.ts";
import type { LogSink } from "./capability/log.ts";
import type { Plugin, Signal } from "./contract/operations.ts";
import { failure, type Code } from "./errors.ts";
import type { AuditEvent, Limits } from "./limits/bounds.ts";
import type { Limiting } from "./runtime.ts";
import type { Source, UrlLike } from "./source/read.ts";

/** Options of a host, in every runtime. Adapters add a few of their own. */
export interface HostOptions {
  /** ABIs to choose from; a bundle holds those that are named. Default: all. */
  readonly abis?: readonly Abi[];
  /** Where guests run. Default: `worker` in browsers and Node; on the edge `static` for a Module, `loader` for bytes. */
  readonly isolation?: string;
  /** Where plugins log to, unless one has a sink of its own. Default: nowhere. */
  readonly log?: LogSink;
  /** Is told whenever a plugin was held to a limit. */
  readonly audit?: (event: AuditEvent) => void;
}

/** What a plugin may use beyond its own memory. Nothing, by default. */
export interface Grants {
  /** The machine's clock. Without it time is fixed, and the same in every call. */
  readonly clock?: boolean;
  /** Real random bytes. Without it the sequence is fixed, and the same in every call. */
  readonly random?: boolean;
  /** HTTP requests to these hosts. */
  readonly http?: HttpGrant;
}

/** Options of `load`. None is needed; what is not known is refused as `invalid_option`, a limit that this host does not hold as `unsupported`. */
export interface LoadOptions {
  /** Name of the ABI, where detection should not decide. */
  readonly abi?: string;
  /** Subresource Integrity of the bytes: `sha256-…`, or sha384, sha512. Nothing else is compiled; a Module, whose bytes are gone, is `unsupported`. */
  readonly integrity?: string;
  /** What the plugin keeps between calls. Default: `plugin` where the module imports such a promise, else `none`. */
  readonly state?: "none" | "plugin";
  /** What the plugin can look up by the ABI's own means (Extism's config). */
  readonly config?: Readonly<Record<string, string>>;
  /** Further modules that the plugin may import from, by name. */
  readonly modules?: Readonly<Record<string, Source>>;
  /** Functions that the plugin may call; or the URL of a module that exports them as `functions`, imported where the guest runs. */
  readonly functions?: Functions | UrlLike;
  /** What it may use beyond its own memory. Default: nothing. */
  readonly grants?: Grants;
  /** What it is held to; those that are not named have defaults. One that cannot be held here is `unsupported`. */
  readonly limits?: Limits;
  /**
   * Has a trap's error say where in the plugin's source it broke off: `digit ← sum` becomes `digit (digit.c:10:5) ← sum
   * (digit.c:17:14)`. `true` takes what the compiler has put into the module: DWARF (`-g`), or a source map in a `data:` address. Or the
   * source map itself, as an object or its JSON, which AssemblyScript writes beside the module.
   *
   * Costs the module's bytes, kept until the first trap, which then takes two to three times as long as the plugin took to be
   * hardened. Bun and WebKit do not say where. Default false.
   *
   * @example await host.load("/rules.wasm", { debug: await (await fetch("/rules.wasm.map")).text() })
   */
  readonly debug?: boolean | string | SourceMap;
  /** Where it logs to. Default: the host's sink. */
  readonly log?: LogSink;
  /** Gives up loading, as `aborted`; calls have signals of their own. */
  readonly signal?: Signal;
}

/** A Source Map v3 whose columns are offsets in the module. */
export interface SourceMap {
  /** 3, where it is given. */
  readonly version?: number;
  /** Names of files. */
  readonly sources: readonly (string | null)[];
  /** Base64 VLQ; a line, whose columns are bytes from the beginning of the module. */
  readonly mappings: string;
}

/** Options of `swap`: those of `load`, and a trial. */
export interface SwapOptions extends LoadOptions {
  /** Tries the new version before it answers anybody: may call it, and throws, rejects or answers false to keep the old one. */
  readonly health?: (plugin: Plugin) => unknown;
}

/** What an option must be, as a test and in words. */
export type Rule = readonly [holds: (value: never) => boolean, words: string];

export const FLAG: Rule = [(value: unknown) => typeof value === "boolean", "true or false"];
export const OBJECT: Rule = [isObject, "an object"];
export const TEXT: Rule = [isText, "a string"];
const ANY: Rule = [() => true, ""];
export const LOG: Rule = [(value: unknown) => typeof value === "function", "a function"];

const HOST_OPTIONS = { abis: [(value: unknown[]) => Array.isArray(value) && value.length > 0, "a list, such as [packed()]"], isolation: TEXT, log: LOG, audit: LOG } as const;
export const LOAD_OPTIONS = {
  abi: TEXT,
  integrity: TEXT,
  state: [(value: unknown) => value === "none" || value === "plugin", '"none" or "plugin"'],
  config: [(value: object) => isObject(value) && Object.values(value).every(isText), "an object of strings"],
  modules: OBJECT,
  functions: OBJECT,
  grants: OBJECT,
  limits: OBJECT,
  log: LOG,
  signal: [(value?: Partial<Signal>) => typeof value?.addEventListener === "function", "an AbortSignal"],
} as const;
const GRANTS = { clock: FLAG, random: FLAG, http: OBJECT };
export const LIMITS = { concurrency: count(1, 10_000), queue: count(0, 1_000_000) };

/** @throws `invalid_option` */
export function checkHost(options: HostOptions): void {
  check("", options, HOST_OPTIONS);
}

/** @throws `invalid_option`, `unsupported` */
export function checkLoad(options: LoadOptions, { rules = LIMITS, options: known = LOAD_OPTIONS }: Partial<Limiting> = {}): void {
  check("", options, known);
  check("grants.", options.grants, GRANTS);
  // A limit that is not enforced is refused, because silence would be a promise.
  check("limits.", options.limits, rules, "unsupported");
}

/** @throws `invalid_option`; what `load` has too is left to `checkLoad` */
export function checkSwap(options: SwapOptions): void {
  check("", options, { ...LOAD_OPTIONS, health: LOG, debug: ANY });
}

/** Refuses what no rule knows, because silence would be a promise. */
export function check(path: string, options: object = {}, rules: Readonly<Record<string, Rule>>, unknown: Code = "invalid_option"): void {
  if (!isObject(options)) throw failure("invalid_option", "options must be an object");
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(rules, name)) throw failure(unknown, `there is no ${path}${name}, only ${Object.keys(rules).join(", ")}`, { name });
    const [holds, words] = rules[name]!;
    if (value !== undefined && !holds(value as never)) throw failure("invalid_option", `${path}${name} must be ${words}`);
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function count(least: number, most: number): Rule {
  return [(value: number) => Number.isInteger(value) && value >= least && value <= most, `a whole number from ${least} to ${most}`];
}
