import type { Abi } from "./abi/abi.ts";
import type { Functions } from "./capability/functions.ts";
import type { HttpGrant } from "./capability/http.ts";
import type { LogSink } from "./capability/log.ts";
import type { Signal } from "./contract/operations.ts";
import { IsopodError } from "./errors.ts";
import type { PoolLimits } from "./pool/pool.ts";
import type { Source, UrlLike } from "./source/read.ts";

/** Options of a host, in every runtime. Adapters add a few of their own. */
export interface HostOptions {
  /** ABIs to choose from; a bundle holds those that are named. Default: all. */
  readonly abis?: readonly Abi[];
  /** Where guests run. Default: `worker` in browsers and Node, `inline` on the edge. */
  readonly isolation?: string;
  /** Where plugins log to, unless one has a sink of its own. Default: nowhere. */
  readonly log?: LogSink;
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

/** Bounds. `unlimited` is never the default. */
export interface Limits {
  /** Most instances at a time, 1 to 10,000. Default 16. One, if the guest keeps state in its own memory. */
  readonly concurrency?: number;
  /** Most calls that wait for an instance, 0 to 1,000,000. Default 1,024. Beyond it: `overloaded`. */
  readonly queue?: number;
}

export interface LoadOptions {
  /** Name of the ABI, where detection should not decide. */
  readonly abi?: string;
  /** Subresource Integrity of the bytes: `sha256-…`. Nothing else is compiled. */
  readonly integrity?: string;
  /** What the plugin keeps between calls. Default: `plugin` where the module imports such a promise, else `none`. */
  readonly state?: "none" | "plugin";
  /** What the plugin can look up by the ABI's own means (Extism's config). */
  readonly config?: Readonly<Record<string, string>>;
  /** Further modules that the plugin may import from, by name. */
  readonly modules?: Readonly<Record<string, Source>>;
  /** Functions that the plugin may call; or the URL of a module that exports them as `functions`, imported where the guest runs. */
  readonly functions?: Functions | UrlLike;
  readonly grants?: Grants;
  readonly limits?: Limits;
  readonly log?: LogSink;
  readonly signal?: Signal;
}

const DEFAULT_LIMITS: PoolLimits = { concurrency: 16, queue: 1024 };

/** Limits that DESIGN names and this version does not enforce yet: refused, because silence would be a promise. */
const LATER = ["memory", "tables", "fuel", "time", "input", "output", "hostCalls"];

const HOST_OPTIONS = ["abis", "isolation", "log"];
const LOAD_OPTIONS = ["abi", "integrity", "state", "config", "modules", "functions", "grants", "limits", "log", "signal"];
const GRANTS = ["clock", "random", "http"];

/** @throws `invalid_option` */
export function checkHost(options: HostOptions, own: readonly string[]): void {
  only("createHost", options, [...HOST_OPTIONS, ...own]);
  demand(options.abis === undefined || (Array.isArray(options.abis) && options.abis.length > 0), "abis must be a list of ABIs, such as [packed()]");
  demand(options.log === undefined || typeof options.log === "function", "log must be a function of { level, message }");
}

/** @throws `invalid_option`, `unsupported` */
export function checkLoad(options: LoadOptions): void {
  only("load", options, LOAD_OPTIONS);
  const { abi, integrity, state, config = {}, grants = {}, log } = options;
  demand(abi === undefined || typeof abi === "string", 'abi must be a name, such as "packed"');
  demand(integrity === undefined || typeof integrity === "string", 'integrity must be such as "sha256-…"');
  demand(state === undefined || state === "none" || state === "plugin", 'state must be "none" or "plugin"');
  demand(Object.values(config).every((value) => typeof value === "string"), "config must be an object of strings");
  demand(log === undefined || typeof log === "function", "log must be a function of { level, message }");
  only("grants", grants, GRANTS);
  demand(grants.http === undefined || (Array.isArray(grants.http.hosts) && grants.http.hosts.every((host) => typeof host === "string")), 'grants.http must be { hosts: ["api.example.com"] }');
}

/** @throws `invalid_option`, `unsupported` */
export function poolLimits(limits: Limits = {}): PoolLimits {
  const later = Object.keys(limits).find((name) => LATER.includes(name));
  if (later) throw new IsopodError("unsupported", `limits.${later} is not enforced by this version, and so is refused: leave it out`, { details: { limit: later } });
  only("limits", limits, ["concurrency", "queue"]);
  const { concurrency, queue } = { ...DEFAULT_LIMITS, ...limits };
  demand(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 10_000, "limits.concurrency must be a whole number from 1 to 10,000");
  demand(Number.isInteger(queue) && queue >= 0 && queue <= 1_000_000, "limits.queue must be a whole number from 0 to 1,000,000");
  return { concurrency, queue };
}

export function demand(holds: boolean, message: string): asserts holds {
  if (!holds) throw new IsopodError("invalid_option", message);
}

function only(what: string, options: object, known: readonly string[]): void {
  const stranger = Object.keys(options).find((name) => !known.includes(name));
  demand(stranger === undefined, `${what} has no option "${stranger}"; it has ${known.join(", ")}`);
}
