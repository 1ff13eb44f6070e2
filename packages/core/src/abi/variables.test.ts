import { expect, test } from "vitest";
import { Variables } from "./variables.ts";

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

test("values are kept, replaced and removed, and counted with their names", () => {
  const variables = new Variables([["a", bytes(1, 2)]]);
  variables.set("b", bytes(3));
  variables.set("a", bytes(4));
  expect([variables.size, variables.get("a"), variables.get("gone")]).toEqual([4, bytes(4), undefined]);
  variables.set("a", undefined);
  variables.set("gone", undefined);
  expect([variables.entries(), variables.size]).toEqual([[["b", bytes(3)]], 2]);
});

test("a value of no bytes is a value", () => {
  const variables = new Variables();
  variables.set("empty", bytes());
  expect([variables.get("empty"), variables.entries().length]).toEqual([bytes(), 1]);
});

test.each(["__proto__", "constructor", ""])("%j is a name like any other", (name) => {
  const variables = new Variables();
  expect(variables.get(name)).toBeUndefined();
  variables.set(name, bytes(1));
  expect(new Variables(variables.entries()).get(name)).toEqual(bytes(1));
});

test("changes are told once, removals too; what it began with is none", () => {
  const variables = new Variables([["old", bytes(1)]]);
  expect(variables.changes()).toBeUndefined();
  variables.set("a", bytes(1));
  variables.set("a", bytes(2));
  variables.set("old", undefined);
  expect(variables.changes()).toEqual([["a", bytes(2)], ["old", undefined]]);
  expect(variables.changes()).toBeUndefined();
});
