import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { Scope } from "../../capability/scope.ts";
import { DEFAULTS } from "../../limits/bounds.ts";
import { Budget } from "../../limits/budget.ts";
import type { Import } from "../../wasm/types.ts";
import type { Services } from "../abi.ts";
import { Linked } from "../link.ts";
import { assemblyscript } from "./env.ts";

const NAMES = ["abort", "seed", "trace", "console.log", "console.debug", "console.info", "console.warn", "console.error", "Date.now", "performance.now"];
const SIZE = 65_536;

let u8: Uint8Array;
let data: DataView;
let lines: string[];
let scope: Scope;
let provide: (wanted: Import) => unknown;

beforeEach(() => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  [u8, data, lines, scope] = [new Uint8Array(memory.buffer), new DataView(memory.buffer), [], new Scope()];
  const linked = new Linked();
  linked.adopt({ memory });
  const services = { scope, functions: new Map(), log: (level: string, message: string) => lines.push(`${level} ${message}`), grants: { clock: false, random: false, http: undefined } } as unknown as Services;
  provide = assemblyscript(services, linked);
});

const call = (name: string, ...args: number[]): unknown => (provide({ module: "env", name, kind: "function" }) as (...args: number[]) => unknown)(...args);

/** A string as AssemblyScript lays it out; its length in bytes may be a lie. */
function put(at: number, text: string, length = text.length * 2): number {
  data.setUint32(at - 4, length, true);
  for (let index = 0; index < text.length; index++) data.setUint16(at + index * 2, text.charCodeAt(index), true);
  return at;
}

test("it answers to its own names, in env, and to functions alone", () => {
  for (const name of NAMES) expect(provide({ module: "env", name, kind: "function" })).toBeTypeOf("function");
  for (const name of ["__proto__", "constructor", "toString", "malloc", ""]) expect(provide({ module: "env", name, kind: "function" })).toBeUndefined();
  expect(provide({ module: "index", name: "abort", kind: "function" })).toBeUndefined();
  expect(provide({ module: "env", name: "abort", kind: "global" })).toBeUndefined();
});

describe("what it says", () => {
  test.each(["log info", "debug debug", "info info", "warn warn", "error error"])("console.%s", (both) => {
    const [name, level] = both.split(" ");
    call(`console.${name}`, put(1060, "hi! é😀\ud800"));
    expect(lines).toEqual([`${level} hi! é😀\ud800`]);
  });

  test("trace, with as many numbers as it says", () => {
    const at = put(1060, "t");
    call("trace", at, 0, 1, 2);
    call("trace", at, 2, 1.5, -0, 9, 9, 9);
    call("trace", at, -1, 1);
    call("trace", at, 2 ** 31 - 1, 1, 2, 3, 4, 5);
    expect(lines).toEqual(["debug t", "debug t 1.5 0", "debug t", "debug t 1 2 3 4 5"]);
  });

  test("abort ends the call, with the message and the place, and a guest that catches it changes nothing", () => {
    expect(() => call("abort", put(100, "index out of range"), put(200, "assembly/a.ts"), 3, 5)).toThrow(
      expect.objectContaining({ code: "trap", message: expect.stringMatching(/index out of range.*assembly\/a\.ts:3:5/) as unknown }),
    );
    expect(scope.thrown).toMatchObject({ code: "trap" });
  });

  test("abort without a message", () => {
    expect(() => call("abort", 0, 0, 0, 0)).toThrow(expect.objectContaining({ code: "trap" }));
  });
});

test.each([["console.log"], ["trace", 0], ["abort", 0, 0, 0]] as const)("what %s reads is charged", (name, ...rest) => {
  scope.budget = new Budget(scope, { ...DEFAULTS, fuel: 100 });
  const at = put(1060, "x".repeat(51));
  expect(() => call(name, at, ...rest)).toThrow(expect.objectContaining({ code: "limit", details: { limit: "fuel", used: 102, cap: 100 } }));
  expect(lines).toEqual([]);
});

describe("a broken pointer", () => {
  test.each([-1, -4, 1, 2, 3, SIZE + 1, SIZE + 4, -(2 ** 31), 2 ** 31 - 1])("%i: a remark, not an error", (pointer) => {
    call("console.log", pointer);
    expect(lines).toEqual(["info (no text)"]);
  });

  test.each([
    ["a length beyond the memory", () => put(SIZE - 8, "abcd", 0xffff_ffff), "abcd"],
    ["a length that is odd", () => put(100, "ab", 3), "a"],
    ["a string that ends with the memory", () => put(SIZE - 4, "ab"), "ab"],
    ["half a unit before the end", () => put(SIZE - 3, "a", 8), "a"],
    ["nothing before the end", () => put(SIZE, "", 8), ""],
    ["an odd address", () => put(101, "ab"), "ab"],
    ["the lowest address", () => put(4, "ab"), "ab"],
  ])("%s", (_name, pointer, text) => {
    call("console.log", pointer());
    expect(lines).toEqual([`info ${text}`]);
  });

  test("a very long string is cut", () => {
    u8.fill(0x61);
    call("console.log", put(4, "", 60_000));
    expect(lines[0]).toHaveLength("info ".length + 4096);
  });

  test("whatever the memory holds and the pointer is, nothing but abort throws", () => {
    const any = fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.integer({ min: -8, max: 8 }), fc.integer({ min: SIZE - 8, max: SIZE + 8 }));
    fc.assert(
      fc.property(fc.array(any, { minLength: 5, maxLength: 5 }), fc.constantFrom(...NAMES), any, (args, name, length) => {
        if (args[0]! >= 4 && args[0]! <= SIZE) data.setInt32(args[0]! - 4, length, true);
        if (name === "abort") expect(() => call(name, ...args)).toThrow(expect.objectContaining({ code: "trap" }));
        else call(name, ...args);
      }),
      { seed: 1, numRuns: 1000 },
    );
    expect(lines.every((line) => line.length < 4400)).toBe(true);
  });
});

test("seed is an ordinary number, clocks stand at the same moment in every call", () => {
  const seed = call("seed") as number;
  expect(Number.isInteger(seed) && seed > 0 && seed <= 2 ** 32).toBe(true);
  expect([call("Date.now"), call("performance.now")]).toEqual([Date.UTC(2022, 0, 1), 0]);
});
