import type { CallOptions, Input } from "../../contract/operations.ts";
import type { LoadOptions } from "../../options.ts";
import { equal, ok, within } from "../assert.ts";
import type { ProbeName } from "../ground.ts";
import { ANY_ERROR, type Attack, type Binary, type Dialect, type Target } from "./attack.ts";

/** No row may take longer: bounded work is part of every outcome. */
export const BOUND_MS = 30_000;

/** A code, or the name of a limit as `limit fuel`; several where engines, or what was cut off, differ. */
export type Expected = string | readonly string[];

export interface Row {
  readonly speaks: readonly Dialect[];
  readonly needs?: readonly ProbeName[];
  readonly options?: LoadOptions;
  readonly ours?: true;
  readonly harmless?: true;
  readonly op?: string;
  readonly input?: Input;
  readonly call?: CallOptions;
}

/** Loading must be refused. */
export function refused(name: string, bytes: () => Uint8Array, expected: Expected, row: Row): Attack {
  const binary = { name, bytes };
  // What is to be refused is not compiled ahead of time: whoever builds for such a runtime is refused there and then.
  return {
    name: `load: ${name}`,
    expected: `refused: ${words(expected)}`,
    speaks: row.speaks,
    needs: ["compile", ...(row.needs ?? [])],
    ...(row.ours && { ours: row.ours }),
    ...(row.harmless && { harmless: row.harmless }),
    run: (target) => failing(target, within(BOUND_MS, target.load(binary, row.options)), expected),
  };
}

/** The call must fail, and one on a fresh instance of the same plugin must be judged the same: nothing is worn out. */
export function stopped(name: string, binary: Omit<Binary, "name">, expected: Expected, row: Row): Attack {
  const given = { name, ...binary };
  return {
    name,
    ...(row.ours && { ours: row.ours }),
    expected: `the call fails: ${words(expected)}`,
    speaks: row.speaks,
    ...(row.needs && { needs: row.needs }),
    binaries: [given],
    run: async (target) => {
      const victim = await within(BOUND_MS, target.load(given, row.options));
      let seen = "";
      for (let count = 0; count < 2; count++) seen = await failing(target, within(BOUND_MS, victim.call(row.op ?? "run", row.input, row.call)), expected);
      await within(BOUND_MS, victim.dispose());
      return seen;
    },
  };
}

/** The call must answer this, twice. */
export function answers(name: string, binary: Omit<Binary, "name">, expected: unknown, row: Row): Attack {
  const given = { name, ...binary };
  return {
    name,
    expected: `answers ${shown(expected)}`,
    answers: true,
    speaks: row.speaks,
    ...(row.needs && { needs: row.needs }),
    binaries: [given],
    run: async (target) => {
      const victim = await within(BOUND_MS, target.load(given, row.options));
      for (let count = 0; count < 2; count++) equal(await within(BOUND_MS, victim.call(row.op ?? "run", row.input, row.call)), expected);
      await within(BOUND_MS, victim.dispose());
      return `answered ${shown(expected)}`;
    },
  };
}

/** Settles as a failure with one of these codes; gives it in words. */
export async function failing(target: Target, attempt: Promise<unknown>, expected: Expected): Promise<string> {
  let value: unknown;
  try {
    value = await attempt;
  } catch (error) {
    const seen = code(target, error);
    ok(seen === ANY_ERROR || [expected].flat().includes(seen), `expected ${words(expected)}, got ${seen}: ${String((error as Error).message)}`);
    return seen;
  }
  throw new Error(`expected ${words(expected)}, and it answered ${shown(value)}`);
}

/** Its code; which limit, if it is one. */
export function code(target: Target, error: unknown): string {
  const typed = target.typed(error);
  if (!typed) return `untyped (${String(error)})`;
  if (typed.code !== "limit") return typed.code;
  const { limit, used, cap } = typed.details;
  ok(typeof used === "number" && typeof cap === "number", `a limit says what was used and allowed, not ${String(used)} of ${String(cap)}`);
  return `limit ${String(limit)}`;
}

const words = (expected: Expected): string => [expected].flat().join(" or ");

export function shown(value: unknown): string {
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  return typeof value === "bigint" ? `${value}n` : (JSON.stringify(value) ?? String(value)).slice(0, 80);
}
