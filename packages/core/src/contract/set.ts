import { failure, isIsopodError, type Code, type IsopodError } from "../errors.ts";
import type { As, Input, Json, JsonObject, ManyOptions, Numeric, Plugin } from "./operations.ts";
import { check, FLAG, isObject, LOG, OBJECT, TEXT } from "../options.ts";
import { asyncDispose } from "./plugin.ts";

/** One plugin of a set. */
export interface Member {
  /** By which it is enabled and disabled, and named in answers and events; no two alike. */
  readonly name: string;
  /** From any host. */
  readonly plugin: Plugin;
  /**
   * What its failure means. `stop` (the default): the call of the set fails with it, and those behind are not called.
   * `skip`: it is left out. `disableAfter`: it is left out, and after so many failures in a row it is disabled; that it
   * was `overloaded`, or the input more than its `limits.input`, does not count.
   */
  readonly onFailure?: "stop" | "skip" | { readonly disableAfter: number };
  /** Default true. */
  readonly enabled?: boolean;
}

/** What one of the plugins answered. */
export interface Answer<T> {
  /** Whose it is. */
  readonly name: string;
  /** As `as` asks for it. */
  readonly output: T;
}

/** A plugin was left out of a call, or is left out from now on. */
export interface SetEvent {
  /** Left out of this call, or from now on. */
  readonly kind: "skipped" | "disabled";
  /** Whose failure it was. */
  readonly name: string;
  /** The operation that was called. */
  readonly op: string;
  /** What its call was rejected with. */
  readonly error: unknown;
  /** In a row, this one included. */
  readonly failures: number;
}

/** Options of a set. */
export interface SetOptions {
  /** Is told who was left out, and why. */
  readonly onEvent?: (event: SetEvent) => void;
}

/** Several plugins on one contract, as an application's extension point: in order, one after the other. */
export interface PluginSet {
  /** In their order. */
  readonly members: readonly { readonly name: string; readonly enabled: boolean; readonly failures: number }[];

  /**
   * Calls the operation of each with the same input. Answers come in the order of the set; who failed, by its policy, is
   * not among them.
   *
   * @example const answers = await set.call("check", order, { as: "json" }); // [{ name: "fraud", output: … }, …]
   * @throws what a plugin with the policy `stop` throws; whatever the policy `aborted`, `disposed` and `bad_input`
   */
  call(op: string, input: Input, options: ManyOptions & { readonly as: "text" }): Promise<Answer<string>[]>;
  call<T = Json>(op: string, input: Input, options: ManyOptions & { readonly as: "json" }): Promise<Answer<T>[]>;
  call<T = Numeric>(op: string, input: Input, options: ManyOptions & { readonly as: "value" }): Promise<Answer<T>[]>;
  call(op: string, input?: Input, options?: ManyOptions & { readonly as?: "bytes" }): Promise<Answer<Uint8Array>[]>;
  call(op: string, input: Input, options: ManyOptions): Promise<Answer<unknown>[]>;

  /**
   * Gives the output of one to the next. Who failed, by its policy, passes on what it was given; where nobody answers
   * that is the input itself.
   *
   * @example const html = await set.pipe("filter", page, { as: "text" });
   * @throws as `call`
   */
  pipe(op: string, input: string, options: ManyOptions & { readonly as: "text" }): Promise<string>;
  pipe<T extends Json | JsonObject>(op: string, input: T, options: ManyOptions & { readonly as: "json" }): Promise<T>;
  pipe<T extends Numeric>(op: string, input: T, options: ManyOptions & { readonly as: "value" }): Promise<T>;
  pipe(op: string, input: Uint8Array, options?: ManyOptions & { readonly as?: "bytes" }): Promise<Uint8Array>;

  /** Calls it again, and forgets its failures, those of calls under way, too, which call it again where they have not come so far. @throws `invalid_option` */
  enable(name: string): void;
  /** Leaves it out until it is enabled. @throws `invalid_option` */
  disable(name: string): void;
  /** Disposes of every plugin. Where their host was disposed of, calls fail with `disposed`, too. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const MEMBER = {
  name: TEXT,
  plugin: OBJECT,
  onFailure: [isPolicy, '"stop", "skip" or { disableAfter: a whole number from 1 }'],
  enabled: FLAG,
} as const;

/** Errors that are no fault of the plugin that was asked. */
const CALLERS: readonly Code[] = ["aborted", "disposed", "bad_input"];

/**
 * Makes a set.
 *
 * @example
 * const set = pluginSet([
 *   { name: "sanitise", plugin: sanitise },
 *   { name: "emoji", plugin: emoji, onFailure: { disableAfter: 3 } },
 * ], { onEvent: ({ name, kind, error }) => console.warn(name, kind, error) });
 * await set.pipe("filter", "<p>Hi</p>", { as: "text" });
 * @throws `invalid_option`
 */
export function pluginSet(members: readonly Member[], options: SetOptions = {}): PluginSet {
  check("", options, { onEvent: LOG });
  const { onEvent } = options;
  if (!Array.isArray(members)) throw failure("invalid_option", "a set is made of a list: [{ name, plugin }]");
  const steps = members.map((member) => new Step(member));
  if (new Set(steps.map(({ name }) => name)).size < steps.length) throw failure("invalid_option", "two plugins of a set must not have one name");
  let gone: IsopodError | undefined;
  const tell = (event: SetEvent): void => {
    try {
      onEvent?.(event);
    } catch {
      // Who is told must not fail the call.
    }
  };

  /** Gives each output, and goes on with what `next` makes of it. */
  const run = async (op: string, input: Input, options: ManyOptions | undefined, next: (name: string, output: unknown) => Input): Promise<void> => {
    let given = input;
    if (gone) throw gone;
    for (const step of steps) {
      if (!step.enabled) continue;
      const { enabledTimes } = step;
      try {
        const output = await step.plugin.call(op, given, options as never);
        step.failures = 0;
        given = next(step.name, output);
      } catch (error) {
        if (gone ?? (isIsopodError(error) && CALLERS.includes(error.code))) throw gone ?? error;
        for (const event of step.failed(op, error, enabledTimes)) tell(event);
      }
    }
  };
  const find = (name: string): Step => {
    const step = steps.find((one) => one.name === name);
    if (step) return step;
    throw failure("invalid_option", `the set has no plugin "${name}", only ${steps.map((one) => one.name).join(", ") || "none"}`);
  };
  const dispose = async (): Promise<void> => {
    gone ??= failure("disposed", "the set was disposed: make a new one");
    await Promise.all(steps.map(({ plugin }) => plugin.dispose()));
  };

  const set = {
    get members() {
      return steps.map(({ name, enabled, failures }) => ({ name, enabled, failures }));
    },
    call: async (op: string, input?: Input, options?: ManyOptions) => {
      const answers: Answer<unknown>[] = [];
      await run(op, input, options, (name, output) => (answers.push({ name, output }), input));
      return answers;
    },
    pipe: async (op: string, input: Input, options?: ManyOptions): Promise<unknown> => {
      let last = input;
      const { as }: { as?: As } = options ?? {};
      // By itself text is given as it is; what was asked for as JSON was JSON, and is again.
      await run(op, input, options, (_name, output) => ((last = output as Input), as === "json" && typeof output === "string" ? JSON.stringify(output) : last));
      return last;
    },
    enable: (name: string): void => find(name).enable(),
    disable: (name: string): void => void (find(name).enabled = false),
    dispose,
    [asyncDispose]: dispose,
  };
  return set as PluginSet;
}

function isPolicy(value: string | { readonly disableAfter?: number }): boolean {
  if (!isObject(value)) return value === "stop" || value === "skip";
  return Object.keys(value).length === 1 && Number.isInteger(value.disableAfter) && value.disableAfter! > 0;
}

/** A member and how it fares. */
class Step {
  readonly name: string;
  readonly plugin: Plugin;
  enabled: boolean;
  failures = 0;
  /** A call that began when they were fewer says nothing of it as it is now. */
  enabledTimes = 0;
  /** Failures in a row after which it is disabled; Infinity is never. */
  readonly #most: number;
  readonly #stops: boolean;

  constructor(member: Member) {
    const { name, plugin, onFailure = "stop", enabled = true } = member;
    check("", { ...member, name: name ?? null, plugin: plugin ?? null }, MEMBER);
    this.name = name;
    this.plugin = plugin;
    this.enabled = enabled;
    this.#stops = onFailure === "stop";
    this.#most = typeof onFailure === "object" ? onFailure.disableAfter : Infinity;
  }

  enable(): void {
    this.enabledTimes++;
    this.enabled = true;
    this.failures = 0;
  }

  /** What there is to tell. @throws the error, by policy */
  failed(op: string, error: unknown, enabledTimes: number): SetEvent[] {
    const counts = enabledTimes === this.enabledTimes && blames(error);
    if (counts) this.failures++;
    if (this.#stops) throw error;
    const { name, failures } = this;
    const events: SetEvent[] = [{ kind: "skipped", name, op, error, failures }];
    if (counts && failures >= this.#most && this.enabled) {
      this.enabled = false;
      events.push({ kind: "disabled", name, op, error, failures });
    }
    return events;
  }
}

/** That all its instances are busy, or the caller's input is too much, says nothing against a plugin. */
function blames(error: unknown): boolean {
  return !isIsopodError(error) || (error.code !== "overloaded" && error.details["limit"] !== "input");
}
