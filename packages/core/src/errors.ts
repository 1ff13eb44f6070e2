/**
 * Everything that goes wrong, as one class with a closed set of codes.
 *
 * `fault` says whose move it is: `user` (the application passed something wrong), `plugin` (the guest broke or
 * refused), `system` (the runtime or the machine). `retires` says whether the instance that was running may have been
 * left half changed, and so is thrown away.
 */
const TABLE = [
  // Before a plugin exists: an option is not what it must be · the source could not be read · the digest differs from
  // `integrity`, and nothing was compiled · not a WebAssembly binary, or one that breaks its own rules or our bounds ·
  // real, but not here: the message says what to do instead · no ABI matches · more than one matches equally well · the
  // plugin asks for what nobody granted · an export has the wrong kind or type for its ABI.
  // A call that never reached the guest: the plugin has no such operation · the input cannot be lowered · every instance
  // is busy and the queue is full. The guest ran, but the caller's buffer cannot hold the output; nothing was written
  ["user", false, "invalid_option bad_source integrity bad_module unsupported abi_unknown abi_ambiguous missing_import bad_signature missing_export bad_input overloaded output_too_small"],
  // The caller's signal fired · the plugin or its host was disposed · a host function threw, or gave what cannot be
  // lowered; see `cause`
  ["user", true, "aborted disposed host_function"],
  // The guest reported an error by its ABI's own means · text, or JSON, was asked for and the bytes are not that
  ["plugin", false, "guest_error invalid_utf8 invalid_json"],
  // `unreachable`, stack overflow … · proc_exit, but for 0 in a start function · a pointer or length outside its memory · a
  // capability was used beyond its grant · one of `limits` was reached; details say which, how much was used, and the cap
  ["plugin", true, "trap exit out_of_bounds denied limit"],
  // Below the guest: the worker died, and is replaced · host and worker are of different versions · a fault of ours
  ["system", true, "worker_lost protocol internal"],
] as const satisfies readonly (readonly [fault: Fault, retires: boolean, codes: string])[];

/** Whose move it is: the application's, the plugin author's, or that of whoever runs the machine. */
export type Fault = "user" | "plugin" | "system";
/** What went wrong: a closed set, the same in every runtime. */
export type Code = Word<(typeof TABLE)[number][2]>;
type Word<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Word<Rest> : Text;

export const CODES = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ TABLE.flatMap(([fault, retires, codes]) => codes.split(" ").map((code) => [code, [fault, retires]])),
) as unknown as Readonly<Record<Code, readonly [fault: Fault, retires: boolean]>>;

/** What travels instead of an error where an error cannot: `postMessage`, RPC, logs. */
export interface ErrorRecord {
  readonly name: "IsopodError";
  readonly code: Code;
  /** For people. */
  readonly message: string;
  /** For programs. */
  readonly details?: Details;
  readonly cause?: ErrorRecord | ForeignRecord | undefined;
}

/** An error of somebody else's, likewise. */
export interface ForeignRecord {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: ErrorRecord | ForeignRecord | undefined;
}

/** Longest chain of causes that travels; it may be a circle. */
const DEEPEST = 8;

/** Facts about an error that a program can use. Which of them there are depends on its code. */
export interface Details {
  /** `limit`, `unsupported`: which of `limits`. */
  readonly limit?: string;
  /** `limit`: what it came to, in that limit's unit. */
  readonly used?: number;
  /** `limit`: what it may, in the same unit. */
  readonly cap?: number;
  /** `missing_import`: all that nobody gave, as `module.name`. */
  readonly missing?: readonly string[];
  /** `missing_export`: the operations that there are. */
  readonly operations?: readonly string[];
  /** `trap`: functions of the plugin, innermost first; with `debug` also where in its source. */
  readonly frames?: readonly string[];
  /** `output_too_small`: bytes of the output. */
  readonly needed?: number;
  /** `output_too_small`: bytes of the buffer. */
  readonly given?: number;
  /** `callMany`: which input it was, from 0. */
  readonly index?: number;
  /** `bad_source`: of the HTTP response. */
  readonly status?: number;
  readonly [name: string]: unknown;
}

/** A brand that survives duplicate copies of this package in one bundle. */
const BRAND: unique symbol = Symbol.for("isopod.error") as never;

/**
 * The one error class of Isopod.
 *
 * @example
 * try {
 *   await plugin.call("slugify", "x");
 * } catch (error) {
 *   if (isIsopodError(error) && error.code === "overloaded") await retryLater();
 *   else throw error;
 * }
 */
export class IsopodError extends Error {
  override readonly name = "IsopodError";
  /** What went wrong, for programs. */
  readonly code: Code;
  /** Facts a program can use: sizes, names, candidates. */
  readonly details: Details;

  /** @param extra facts for programs, and what led to it */
  constructor(code: Code, message: string, extra: { details?: Details | undefined; cause?: unknown } = {}) {
    super(message, extra);
    this.code = code;
    this.details = extra.details ?? {};
  }

  /** Whose move it is. */
  get fault(): Fault {
    return CODES[this.code][0];
  }

  get [BRAND](): true {
    return true;
  }

  /** As plain data, its causes too; `isIsopodError` does not know that any more. */
  toJSON(): ErrorRecord {
    return record(this, DEEPEST);
  }
}

/** The same in fewer words, for the many places that throw one. */
export function failure(code: Code, message: string, details?: Details, cause?: unknown): IsopodError {
  return new IsopodError(code, message, cause === undefined ? { details } : { details, cause });
}

/** What was thrown, in words. */
export function wordsOf(cause: unknown): string {
  try {
    return cause instanceof Error ? cause.message : String(cause);
  } catch {
    return "no words"; // such as an object without a prototype
  }
}

/**
 * True for an error of Isopod's, from whichever copy of the package.
 *
 * @example if (isIsopodError(error) && error.code === "aborted") return;
 */
export function isIsopodError(value: unknown): value is IsopodError {
  return (value as Record<symbol, unknown> | null | undefined)?.[BRAND] === true;
}

/** True where the instance that threw must not be used again. Anything that is not ours came out of the guest. */
export function retires(error: unknown): boolean {
  // A code that a later version of this package added says nothing here, so it retires too.
  return !isIsopodError(error) || (CODES[error.code]?.[1] ?? true);
}

/** Turns a record back into the error it was: same class, code, details and chain of causes. */
export function revive(record: ErrorRecord): IsopodError {
  const { cause } = record;
  return new IsopodError(Object.hasOwn(CODES, record.code) ? record.code : "internal", record.message, {
    ...(record.details && { details: { ...record.details } }),
    ...(cause && { cause: isRecord(cause) ? revive(cause) : reviveForeign(cause) }),
  });
}

function record(error: IsopodError, depth: number): ErrorRecord;
function record(cause: unknown, depth: number): NonNullable<ErrorRecord["cause"]>;
function record(cause: unknown, depth: number): unknown {
  const ours = isIsopodError(cause);
  if (!ours && !(cause instanceof Error)) return { name: "Error", message: wordsOf(cause) };
  const { name, message, stack, cause: inner } = cause;
  const rest = ours ? { code: cause.code, details: cause.details } : { stack };
  return { name, message, ...rest, cause: inner === undefined || depth === 0 ? undefined : record(inner, depth - 1) };
}

function isRecord(value: NonNullable<ErrorRecord["cause"]>): value is ErrorRecord {
  return "code" in value;
}

function reviveForeign(value: ForeignRecord): Error {
  const { cause } = value;
  const error = new Error(value.message, cause && { cause: isRecord(cause) ? revive(cause) : reviveForeign(cause) });
  error.name = value.name;
  if (value.stack) error.stack = value.stack;
  return error;
}
