import { IsopodError } from "../errors.ts";

/** What a plugin is held to. Each takes the word "unlimited", but `concurrency` and `queue`. */
export interface Limits {
  /** All memories of one instance together: bytes, or `"16MiB"`. Default `"256MiB"`. */
  readonly memory?: Size;
  /** Elements of each table, and of all of a module at first. Default 100,000. */
  readonly tables?: Count;
  /** Work of one call, about one unit for each instruction. Default 20e9. At load every start function is a call. */
  readonly fuel?: Count;
  /** Of one call, from when the guest gets it: milliseconds, or `"50ms"`, `"2s"`. Default `"10s"`. */
  readonly time?: number | `${number}ms` | `${number}s` | Unlimited;
  /** Of one call: bytes, or `"1MiB"`. Default `"64MiB"`. */
  readonly input?: Size;
  /** Of one call, and apart from that of its log, which is cut there: bytes, or `"1MiB"`. Default `"64MiB"`. */
  readonly output?: Size;
  /** Calls of host functions in one call. Default 1,000,000. */
  readonly hostCalls?: Count;
  /** Most instances at a time, 1 to 10,000. Default 16. One, if the guest keeps state in its own memory. */
  readonly concurrency?: number;
  /** Most calls that wait for an instance, 0 to 1,000,000. Default 1,024. Beyond it: `overloaded`. */
  readonly queue?: number;
}

type Unlimited = "unlimited";
type Count = number | Unlimited;
type Size = number | `${number}KiB` | `${number}MiB` | `${number}GiB` | Unlimited;

/** The limits that a guest can hit. */
export type LimitName = "memory" | "tables" | "fuel" | "time" | "input" | "output" | "hostCalls";

/** The same as numbers: bytes, milliseconds, units. Infinity is "unlimited". */
export type Bounds = Readonly<Record<LimitName, number>>;

/** What an application is told when a plugin was held to a limit. */
export interface AuditEvent {
  readonly kind: "limit";
  /** The address it was loaded from, if it was. */
  readonly plugin?: string | undefined;
  /** The operation, or `load`. */
  readonly op: string;
  /** Which of `limits`. */
  readonly limit: string;
  /** What it came to, in that limit's unit: bytes, elements, fuel, milliseconds, calls. */
  readonly used: number;
  /** What it may, in the same unit. */
  readonly cap: number;
}

const MIB = 1_048_576;
const UNITS: Readonly<Record<string, number>> = { "": 1, KiB: 1024, MiB: MIB, GiB: 1024 * MIB, ms: 1, s: 1000 };

export const DEFAULTS: Bounds = { memory: 256 * MIB, tables: 100_000, fuel: 20e9, time: 10_000, input: 64 * MIB, output: 64 * MIB, hostCalls: 1_000_000 };

const SIZE = 'bytes, such as 1024 or "16MiB", or "unlimited"';
const COUNT = 'a whole number from 0, or "unlimited"';
const rule = (form: RegExp, words: string) => [(value: unknown) => numberOf(value, form) !== undefined, words] as const;

/** What each must be, as a test and in words. */
export const RULES = {
  memory: rule(/^([\d.]+)([KMG]iB)$/, SIZE),
  tables: rule(/^$/, COUNT),
  fuel: rule(/^$/, COUNT),
  time: rule(/^([\d.]+)(m?s)$/, 'milliseconds, such as 50 or "50ms" or "2s", or "unlimited"'),
  input: rule(/^([\d.]+)([KMG]iB)$/, SIZE),
  output: rule(/^([\d.]+)([KMG]iB)$/, SIZE),
  hostCalls: rule(/^$/, COUNT),
} as const;

/** The number that one limit stands for, or undefined where it is none. */
function numberOf(value: unknown, form: RegExp): number | undefined {
  if (value === "unlimited") return Infinity;
  const [, digits = "", unit = ""] = typeof value === "string" ? (form.exec(value) ?? []) : [];
  const number = typeof value === "number" ? value : digits === "" ? NaN : Number(digits) * UNITS[unit]!;
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** Of limits that were checked already. */
export function boundsOf(limits: Limits = {}): Bounds {
  const bounds: Record<string, number> = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as LimitName[]) {
    if (limits[name] !== undefined) bounds[name] = numberOf(limits[name], /^([\d.]+)([A-Za-z]+)$/)!;
  }
  return bounds as Bounds;
}

/** Whether a module has to be hardened to be held to these. */
export function rewrites({ memory, tables, fuel, time }: Bounds): boolean {
  return Math.min(memory, tables, fuel, time) < Infinity;
}

/** What a caller is told who was held to a limit. */
export function over(limit: LimitName, used: number, cap: number, cause?: unknown): IsopodError {
  const message = `limits.${limit} is ${cap}${UNIT[limit] ?? ""}, and the plugin came to ${used}`;
  return new IsopodError("limit", message, { details: { limit, used, cap }, ...(cause !== undefined && { cause }) });
}

const UNIT: Readonly<Partial<Record<LimitName, string>>> = { memory: " bytes", tables: " elements", time: " ms", input: " bytes", output: " bytes" };
