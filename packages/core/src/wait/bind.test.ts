import { beforeEach, describe, expect, test, vi } from "vitest";
import { Scope } from "../capability/scope.ts";
import type { FunctionCall, FunctionEntry } from "../capability/functions.ts";
import { Call } from "../contract/call.ts";
import { IsopodError } from "../errors.ts";
import { DEFAULTS } from "../limits/bounds.ts";
import { Budget } from "../limits/budget.ts";
import { bind, type Marshal } from "./bind.ts";
import { HostImports } from "./imports.ts";

let scope: Scope;
beforeEach(() => {
  scope = new Scope();
  scope.call = new Call("op", undefined, { context: "mine" });
});

const marshal: Marshal = { lift: (raw) => raw.map(Number), lower: (reply) => reply as number };
const entry = (run: FunctionEntry["run"], suspends = false): FunctionEntry => ({ namespace: "n", name: "f", suspends, run });
const call = (run: FunctionEntry["run"], how: Partial<Marshal> = {}): unknown => (bind(entry(run), scope, { ...marshal, ...how }) as (...raw: (number | bigint)[]) => unknown)(1, 2n);
const failing = (cause: unknown) => (): never => {
  throw cause;
};

describe("a host function", () => {
  test("gets what was lifted and the call that reached it; its reply is lowered", () => {
    const seen: unknown[] = [];
    expect(call((args, about) => (seen.push(args, about), 41), { lower: (reply) => (reply as number) + 1, binding: (raw) => `b${raw.length}` })).toBe(42);
    expect(seen).toEqual([[1, 2], { namespace: "n", name: "f", binding: "b2", context: "mine", signal: undefined }]);
  });

  test("is told of the call that runs now, not of the one it was linked in", () => {
    const seen: unknown[] = [];
    const run = bind(entry((_args, about: FunctionCall) => seen.push(about.context)), scope, marshal) as () => unknown;
    run();
    scope.call = new Call("op", undefined, { context: "other" });
    run();
    expect(seen).toEqual(["mine", "other"]);
  });
});

describe("a failure", () => {
  const cause = new TypeError("no");

  test.each<[string, FunctionEntry["run"], Partial<Marshal>]>([
    ["of the function", failing(cause), {}],
    ["to lift", () => expect.unreachable(), { lift: failing(cause) }],
    ["to lower", () => 1, { lower: failing(cause) }],
  ])("%s ends the call, even if the guest catches it", (_name, run, how) => {
    expect(() => call(run, how)).toThrow(expect.objectContaining({ code: "host_function", cause }));
    expect(scope.thrown).toMatchObject({ code: "host_function", cause });
    expect(() => scope.check()).toThrow(scope.thrown!);
  });

  test("is no limit of the guest's, whichever the function came to", async () => {
    const limit = new IsopodError("limit", "of another plugin");
    expect(() => call(failing(limit))).toThrow(expect.objectContaining({ code: "host_function", cause: limit }));
    expect(call(failing(limit), { fail: (error) => (error.cause === limit ? -1 : 0) })).toBe(-1);
    scope.thrown = undefined;
    expect(() => call(() => 1, { lower: failing(limit) })).toThrow(limit);
  });

  test("is the guest's to handle where its ABI says so", () => {
    expect(call(failing(cause), { fail: (error) => (error.cause === cause ? -1 : 0) })).toBe(-1);
    expect(scope.thrown).toBeUndefined();
  });

  test("but what is not about the function is never the guest's", () => {
    const denied = new IsopodError("denied", "no");
    for (const how of [{}, { fail: () => 0 }]) expect(() => call(failing(denied), how)).toThrow(denied);
    expect(() => call(() => 1, { lift: failing(new IsopodError("out_of_bounds", "no")), fail: () => 0 })).toThrow(denied);
    expect(scope.thrown).toBe(denied);
  });

  test.each(["text", undefined, null, 5])("may be no error at all: %o", (thrown) => {
    expect(() => call(failing(thrown))).toThrow(expect.objectContaining({ code: "host_function" }));
  });
});

describe("a guest that waits", () => {
  /** Stands for the engine, which Node 20 has not: gives the function that it would suspend the guest for. */
  const suspending = (run: FunctionEntry["run"], how: Partial<Marshal> = {}): (() => Promise<unknown>) => {
    vi.stubGlobal("WebAssembly", { ...WebAssembly, Suspending: function Suspending(given: unknown) { return given; } });
    try {
      return bind(entry(run, true), scope, { ...marshal, ...how }) as () => Promise<unknown>;
    } finally {
      vi.unstubAllGlobals();
    }
  };
  const state = (promise: Promise<unknown>): Promise<unknown> => Promise.race([promise.catch((error: unknown) => error), new Promise((resolve) => setTimeout(resolve, 5, "waits"))]);
  const held = (): Budget => (scope.budget = new Budget(scope, DEFAULTS));
  const given = new IsopodError("aborted", "enough");

  test("goes on with the lowered reply, or fails as any other does", async () => {
    expect(await suspending(async () => 41, { lower: (reply) => (reply as number) + 1 })()).toBe(42);
    const cause = new TypeError("no");
    for (const run of [failing(cause), async () => failing(cause)()]) await expect(suspending(run)()).rejects.toMatchObject({ code: "host_function", cause });
    expect(await suspending(failing(cause), { fail: () => -1 })()).toBe(-1);
    await expect(suspending(async () => 1, { lower: failing(cause) })()).rejects.toMatchObject({ cause });
    const limit = new IsopodError("limit", "of another plugin");
    for (const run of [failing(limit), async () => failing(limit)()]) expect(await suspending(run, { fail: (error) => (error.cause === limit ? -1 : 0) })()).toBe(-1);
  });

  test("cannot be while it only starts", () => {
    scope.call = undefined;
    const run = vi.fn();
    expect(suspending(run)).toThrow(expect.objectContaining({ code: "unsupported", message: expect.stringContaining("n.f") as unknown }));
    expect([scope.thrown?.code, run.mock.calls.length]).toEqual(["unsupported", 0]);
  });

  test("cannot wait while the plugin starts: nothing could go on meanwhile", () => {
    scope.call = undefined;
    const run = vi.fn();
    expect(suspending(run)).toThrow(expect.objectContaining({ code: "unsupported", message: expect.stringContaining("n.f") as unknown }));
    expect([scope.thrown?.code, run.mock.calls]).toEqual(["unsupported", []]);
  });

  test("is resumed by an error when its call is given up; a late reply is for nobody", async () => {
    const budget = held();
    let answer = (_value: unknown): void => {};
    const lower = vi.fn(() => 1);
    const fail = vi.fn(() => -1);
    const run = suspending(() => new Promise((resolve) => (answer = resolve)), { lower, fail });
    const waits = run();
    expect(await state(waits)).toBe("waits");
    scope.retired = true;
    budget.retire(given);
    expect(await state(waits)).toBe(given);
    answer(5);
    expect(await state(waits)).toBe(given);
    expect(run).toThrow(given);
    expect(scope.thrown).toBe(given);
    expect([lower, fail].flatMap(({ mock }) => mock.calls)).toEqual([]);
  });

  test("may be given up by what its own allocator calls", async () => {
    const budget = held();
    const lower = (): number => {
      scope.retired = true;
      budget.retire(given);
      return 1;
    };
    expect(await state(suspending(async () => 1, { lower })())).toBe(given);
  });

  test("stays where it is when nothing would stop it", async () => {
    let answer = (_value: unknown): void => {};
    const waits = suspending(() => new Promise((resolve) => (answer = resolve)))();
    scope.retired = true;
    answer(5);
    expect(await state(waits)).toBe("waits");
  });

  test("calls nothing more once it was given up, not even what does not suspend it", () => {
    scope.retired = true;
    held().retire(given);
    const run = vi.fn();
    expect(() => call(run, { fail: () => -1 })).toThrow(given);
    expect(run).not.toHaveBeenCalled();
  });
});

describe("the imports of one instance", () => {
  const table = new Map([["n", new Map([["f", entry(() => 7)]])]]);
  const imports = (): HostImports => new HostImports(table, scope, () => marshal);

  test("are found by module and name, if they are functions", () => {
    const { provide } = imports();
    expect((provide({ module: "n", name: "f", kind: "function" }) as () => unknown)()).toBe(7);
    for (const [module, name] of [["n", "g"], ["m", "f"], ["__proto__", "f"], ["n", "__proto__"], ["constructor", "name"]]) expect(provide({ module: module!, name: name!, kind: "function" })).toBeUndefined();
    expect(provide({ module: "n", name: "f", kind: "memory" })).toBeUndefined();
  });

  test("suspend nothing where none of them does", () => {
    const own = imports();
    own.provide({ module: "n", name: "f", kind: "function" });
    expect(own.suspension).toBeUndefined();
  });

  test("refuse one that suspends where no engine can", () => {
    vi.stubGlobal("WebAssembly", {});
    const own = new HostImports(new Map([["n", new Map([["f", entry(() => 7, true)]])]]), scope, () => marshal);
    expect(() => own.provide({ module: "n", name: "f", kind: "function" })).toThrow(expect.objectContaining({ code: "unsupported", message: expect.stringContaining("n.f is async") as unknown }));
    vi.unstubAllGlobals();
  });
});
