import { describe, expect, test } from "vitest";
import { Scope } from "../capability/scope.ts";
import { IsopodError } from "../errors.ts";
import type { Live } from "./link.ts";
import { fromGuest, initialise, starters } from "./start.ts";

function guest(exports: Record<string, unknown>): { live: Live; ran: string[]; scope: Scope } {
  const ran: string[] = [];
  const wrapped = Object.entries(exports).map(([name, value]) => [name, typeof value === "function" ? () => (ran.push(name), (value as () => unknown)()) : value]);
  return { live: { exports: Object.fromEntries(wrapped) as Live["exports"], memory: undefined }, ran, scope: new Scope() };
}

const quiet = (): void => {};
const exits = (scope: Scope, code: number) => (): never => {
  throw scope.fail(new IsopodError("exit", `code ${code}`, { details: { code } }));
};

describe("initialisers", () => {
  test("run in the order given, each once, if they are there and functions", () => {
    const { live, ran, scope } = guest({ wapc_init: quiet, _start: quiet, _initialize: 5, other: quiet });
    initialise(live, scope, ["_start", "_initialize", "wapc_init", "missing"]);
    expect(ran).toEqual(["_start", "wapc_init"]);
  });

  test("names on Object.prototype are no initialisers", () => {
    const exports = Object.create(null) as Record<string, unknown>;
    initialise({ exports, memory: undefined }, new Scope(), ["constructor", "toString"]);
  });

  test("proc_exit(0) is how some end their work: it goes on, and leaves nothing behind", () => {
    const scope = new Scope();
    const { live, ran } = guest({ _start: exits(scope, 0), wapc_init: quiet });
    initialise(live, scope, ["_start", "wapc_init"]);
    expect([ran, scope.thrown]).toEqual([["_start", "wapc_init"], undefined]);
  });

  test.each([1, -1, 255])("proc_exit(%i) is a failure, and nothing runs after it", (code) => {
    const scope = new Scope();
    const { live, ran } = guest({ _start: exits(scope, code), wapc_init: quiet });
    expect(() => initialise(live, scope, ["_start", "wapc_init"])).toThrow(expect.objectContaining({ code: "exit", details: { code } }));
    expect(ran).toEqual(["_start"]);
  });

  test("what an import threw counts, not what the guest made of it", () => {
    const scope = new Scope();
    const { live } = guest({
      _start: () => {
        scope.fail(new IsopodError("denied", "no"));
        throw new Error("something else");
      },
    });
    expect(() => initialise(live, scope, ["_start"])).toThrow(expect.objectContaining({ code: "denied" }));
  });

  test("there is one: a reactor's, else what older toolchains have, else the bare constructors", () => {
    const names = ["_initialize", "_start", "__wasm_call_ctors"];
    const among = (...names: string[]): string[] => starters(guest(Object.fromEntries(names.map((name) => [name, quiet]))).live);
    expect([among(...names.toReversed()), among("__wasm_call_ctors", "_start"), among("__wasm_call_ctors")]).toEqual(names.map((name) => [name]));
    expect(among("other")).not.toContain("other");
  });
});

describe("what comes out of a guest", () => {
  const own = new IsopodError("denied", "no");
  test.each<[string, unknown, string]>([
    ["a trap", new WebAssembly.RuntimeError("unreachable"), "unreachable"],
    ["V8's stack", new RangeError("Maximum call stack size exceeded"), "Maximum call stack"],
    ["Firefox's stack", Object.assign(new Error("too much recursion"), { name: "InternalError" }), "too much recursion"],
    ["a foreign error", new TypeError("x is not a function"), "x is not a function"],
    ["no error at all", "text", "text"],
    ["nothing", undefined, "undefined"],
  ])("%s is a trap, and keeps its cause", (_name, cause, message) => {
    const error = fromGuest(cause);
    expect([error.code, error.cause, error.message]).toEqual(["trap", cause, expect.stringContaining(message)]);
  });

  test("an error of ours stays what it is", () => {
    expect(fromGuest(own)).toBe(own);
  });
});
