import { describe, expect, test } from "vitest";
import { IsopodError } from "../errors.ts";
import { entries, hostFault, index, tabulate, typed, type FunctionCall, type Functions } from "./functions.ts";

const about = { namespace: "n", name: "f", context: undefined, signal: undefined } as FunctionCall;

describe("the table", () => {
  test("names on Object.prototype are names like any other, and not there unless given", () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", ""];
    const given = JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:{${names.map((inner) => `${JSON.stringify(inner)}:0`).join()}}`).join()}}`) as Record<string, Record<string, unknown>>;
    for (const members of names.map((name) => Object.getOwnPropertyDescriptor(given, name)!.value as object)) {
      for (const name of names) Object.defineProperty(members, name, { value: () => name });
    }
    const table = tabulate(given as Functions);
    for (const namespace of names) for (const name of names) expect(table.get(namespace)?.get(name)?.run([], about)).toBe(name);

    const empty = tabulate({ env: {} });
    for (const name of names) expect([empty.get(name), empty.get("env")!.get(name)]).toEqual([undefined, undefined]);
  });

  test("inherited members are nobody's functions", () => {
    const table = tabulate({ env: Object.create({ inherited: () => 1 }, { own: { value: () => 2, enumerable: true } }) as Functions[string] });
    expect([...table.get("env")!.keys()]).toEqual(["own"]);
  });

  test("a function gets its arguments and, last, its call; `this` is nobody", () => {
    const seen: unknown[] = [];
    const table = tabulate({ n: { f(this: unknown, ...args: unknown[]) { seen.push(this, ...args); } } });
    table.get("n")!.get("f")!.run([1, 2n, "x"], about);
    expect(seen).toEqual([undefined, 1, 2n, "x", about]);
  });

  test("async functions, and those alone, suspend", () => {
    const table = tabulate({ n: { a: async () => 1, b: () => 1, c: function () { return Promise.resolve(1); }, async d() {}, e: typed([], undefined, async () => 1), f: async function* () {} } });
    expect(entries(table).filter(({ suspends }) => suspends).map(({ name }) => name)).toEqual(["a", "d", "e"]);
  });

  test.each<[string, () => unknown]>([
    ["that holds", () => Promise.resolve(1)],
    ["that fails, which nobody is to hear of", () => Promise.reject(new Error("unheard"))],
    ["of another library", () => ({ then: () => {} })],
  ])("a promise from any other, %s, is refused, and the error says what to do", async (_name, run) => {
    const entry = tabulate({ n: { f: run } }).get("n")!.get("f")!;
    expect(() => entry.run([], about)).toThrow(expect.objectContaining({ code: "unsupported", message: expect.stringContaining("n.f gave a promise: declare it async") as unknown }));
    await new Promise((resolve) => setTimeout(resolve));
  });

  test("shapes are kept", () => {
    const { params, result } = tabulate({ n: { f: typed(["text", "i64"], "json", () => 0) } }).get("n")!.get("f")!;
    expect([params, result]).toEqual([["text", "i64"], "json"]);
  });

  test("a list of it makes it again", () => {
    const table = tabulate({ a: { x: () => 1, y: async () => 2 }, b: { x: typed(["i32"], "i32", () => 3) } });
    expect(index(entries(table))).toEqual(table);
    expect(entries(index([]))).toEqual([]);
  });

  test.each<[string, unknown]>([
    ["a name without a function, as a misspelt import gives", { n: { f: undefined } }],
    ["null", { n: { f: null } }],
    ["a string", { n: { f: "f" } }],
    ["an object without run", { n: { f: { params: [] } } }],
    ["a namespace that is undefined", { n: undefined }],
    ["a namespace that is null", { n: null }],
    ["a namespace that is text", { n: "abc" }],
    ["functions without a namespace", { f: () => 1 }],
  ])("refuses %s, naming it", (_name, functions) => {
    expect(() => tabulate(functions as Functions)).toThrow(expect.objectContaining({ code: "invalid_option", message: expect.stringMatching(/"n"|"f"/) }));
  });
});

describe("what a function threw", () => {
  const entry = { namespace: "kv", name: "get" };

  test.each([["an Error", new TypeError("no"), "no"], ["text", "no", "no"], ["nothing", undefined, "undefined"], ["a number", 7, "7"], ["a symbol", Symbol("s"), "Symbol(s)"]])("%s", (_name, cause, text) => {
    expect(hostFault(entry, cause)).toMatchObject({ code: "host_function", message: `host function kv.get failed: ${text}`, details: entry, cause });
  });

  test("an object that cannot be made text", () => {
    expect(hostFault(entry, Object.create(null))).toMatchObject({ code: "host_function" });
  });

  test("a reply that cannot be lowered is the function's fault, not the caller's", () => {
    const cause = new IsopodError("bad_input", "not a function");
    expect(hostFault(entry, cause)).toMatchObject({ code: "host_function", cause });
  });

  test("any other error of ours is passed on as it is", () => {
    const error = new IsopodError("denied", "no");
    expect(hostFault(entry, error)).toBe(error);
  });
});
