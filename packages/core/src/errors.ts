/**
 * Everything that goes wrong, as one class with a closed set of codes.
 *
 * `fault` says whose move it is: `user` (the application passed something wrong), `plugin` (the guest broke or
 * refused), `system` (the runtime or the machine). `retires` says whether the instance that was running may have been
 * left half changed, and so is thrown away.
 */
export const CODES = {
  // Before a plugin exists
  invalid_option: ["user", false], // an option is not what it must be
  bad_source: ["user", false], // the source could not be read
  integrity: ["user", false], // the digest differs from `integrity`; nothing was compiled
  bad_module: ["user", false], // not a WebAssembly binary, or one that breaks its own rules or our bounds
  unsupported: ["user", false], // real, but not here: the message says what to do instead
  abi_unknown: ["user", false], // no ABI matches
  abi_ambiguous: ["user", false], // more than one matches equally well
  missing_import: ["user", false], // the plugin asks for what nobody granted; every name is in the message
  bad_signature: ["user", false], // an export has the wrong kind or type for its ABI
  // A call that never reached the guest
  missing_export: ["user", false], // the plugin has no such operation
  bad_input: ["user", false], // the input cannot be lowered
  overloaded: ["user", false], // every instance is busy and the queue is full
  aborted: ["user", true], // the caller's signal fired
  disposed: ["user", true], // the plugin or its host was disposed
  // The guest ran
  output_too_small: ["user", false], // the caller's buffer cannot hold the output; nothing was written
  guest_error: ["plugin", false], // the guest reported an error by its ABI's own means
  trap: ["plugin", true], // unreachable, out of bounds inside the guest, stack overflow …
  exit: ["plugin", true], // the guest called proc_exit with a code other than 0
  out_of_bounds: ["plugin", true], // the guest handed over a pointer or length outside its memory
  invalid_utf8: ["plugin", false], // text was asked for and the bytes are not UTF-8
  invalid_json: ["plugin", false], // JSON was asked for and the text is not JSON
  denied: ["plugin", true], // the guest used a capability beyond its grant
  host_function: ["user", true], // a host function threw, or gave what cannot be lowered; see `cause`
  // Below the guest
  worker_lost: ["system", true], // the worker died; it is replaced
  protocol: ["system", true], // host and worker are of different versions
  internal: ["system", true], // a fault of ours: please report it
} as const satisfies Record<string, readonly [fault: Fault, retires: boolean]>;

export type Fault = "user" | "plugin" | "system";
export type Code = keyof typeof CODES;

/** What travels instead of an error where an error cannot: `postMessage`, RPC, logs. */
export interface ErrorRecord {
  readonly name: "IsopodError";
  readonly code: Code;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: ErrorRecord | { readonly name: string; readonly message: string; readonly stack?: string };
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
  readonly code: Code;
  /** Facts a program can use: sizes, names, candidates. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: Code, message: string, extra: { details?: Record<string, unknown>; cause?: unknown } = {}) {
    super(message, "cause" in extra ? { cause: extra.cause } : undefined);
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

  toJSON(): ErrorRecord {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      ...(Object.keys(this.details).length > 0 && { details: this.details }),
      ...(this.cause !== undefined && { cause: describe(this.cause) }),
    };
  }
}

/** True for an error of Isopod's, from whichever copy of the package. */
export function isIsopodError(value: unknown): value is IsopodError {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}

/** True where the instance that threw must not be used again. Anything that is not ours came out of the guest. */
export function retires(error: unknown): boolean {
  // A code that a later version of this package added says nothing here, so it retires too.
  return !isIsopodError(error) || !Object.hasOwn(CODES, error.code) || CODES[error.code][1];
}

/** Turns a record back into the error it was: same class, code, details and chain of causes. */
export function revive(record: ErrorRecord): IsopodError {
  const { cause } = record;
  return new IsopodError(Object.hasOwn(CODES, record.code) ? record.code : "internal", record.message, {
    ...(record.details && { details: { ...record.details } }),
    ...(cause && { cause: isRecord(cause) ? revive(cause) : reviveForeign(cause) }),
  });
}

function describe(cause: unknown): NonNullable<ErrorRecord["cause"]> {
  if (isIsopodError(cause)) return cause.toJSON();
  if (cause instanceof Error) return { name: cause.name, message: cause.message, ...(cause.stack && { stack: cause.stack }) };
  return { name: "Error", message: String(cause) };
}

function isRecord(value: NonNullable<ErrorRecord["cause"]>): value is ErrorRecord {
  return "code" in value;
}

function reviveForeign(value: { name: string; message: string; stack?: string }): Error {
  const error = new Error(value.message);
  error.name = value.name;
  if (value.stack) error.stack = value.stack;
  return error;
}
