import { describe, expect, test } from "vitest";
import type { Export, FunctionType, Inspected } from "../wasm/types.ts";
import { exported, isOfType, operation, signature } from "./exports.ts";

const type = (params: FunctionType["params"], results: FunctionType["results"]): FunctionType => ({ params, results });
const run = type(["i32", "i32"], ["i64"]);
const items: Export[] = [
  { name: "run", kind: "function", type: run },
  { name: "bare", kind: "function" },
  { name: "odd", kind: "function", type: type([], []) },
  { name: "memory", kind: "memory" },
  { name: "__proto__", kind: "function", type: run },
];
const inspected = { exports: items } as unknown as Inspected;
const live = Object.assign(Object.create(null) as Record<string, unknown>, { run: () => 1, bare: () => 2, odd: () => 3, memory: {} });

test.each([
  [type([], []), "() -> ()"],
  [run, "(i32, i32) -> i64"],
  [type(["f32"], ["i32", "f64"]), "(f32) -> (i32, f64)"],
  [undefined, undefined],
])("%o reads %s", (given, text) => {
  expect(signature(given)).toBe(text);
});

test("an export is found by name and kind", () => {
  expect([exported(inspected, "memory", "memory")?.name, exported(inspected, "memory"), exported(inspected, "toString")]).toEqual(["memory", undefined, undefined]);
});

test("a type that is not known may be the right one", () => {
  expect(items.map((item) => isOfType(item, "(i32, i32) -> i64"))).toEqual([true, true, false, false, true]);
});

describe("an operation", () => {
  const find = (op: string): Function => operation(inspected, live, op, (item) => isOfType(item, "(i32, i32) -> i64"), "(i32, i32) -> i64");

  test("is the export of its name", () => {
    expect([find("run"), find("bare")]).toEqual([live["run"], live["bare"]]);
  });

  test.each(["gone", "", "toString", "constructor"])("%j is not there, and the error says what is", (op) => {
    expect(() => find(op)).toThrow(expect.objectContaining({ code: "missing_export", details: { operations: ["run", "bare", "__proto__"] } }));
  });

  test.each([["odd", /"odd".*\(\) -> \(\).*\(i32, i32\) -> i64/], ["memory", /"memory".*memory.*\(i32, i32\) -> i64/]])("%s is of the wrong kind", (op, message) => {
    expect(() => find(op)).toThrow(expect.objectContaining({ code: "bad_signature", message: expect.stringMatching(message) as unknown }));
  });
});
