import { expect, test } from "vitest";
import { Variables } from "./variables.ts";

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

test("values are kept, replaced and removed, and counted with their names", () => {
  const variables = new Variables([["a", bytes(1, 2)]]);
  variables.set("b", bytes(3));
  variables.set("a", bytes(4));
  expect([variables.size, variables.get("a"), variables.get("gone")]).toEqual([4 + 2 * 48, bytes(4), undefined]);
  variables.set("a", undefined);
  variables.set("gone", undefined);
  expect([variables.entries(), variables.size]).toEqual([[["b", bytes(3)]], 2 + 48]);
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

test("what came and went in between is no change, and leaves nothing behind, whoever asks or never asks", () => {
  const variables = new Variables([["old", bytes(1)]]);
  for (let index = 0; index < 1000; index++) {
    variables.set(`name ${index}`, bytes(1));
    variables.set(`name ${index}`, undefined);
    variables.set(`never there ${index}`, undefined);
  }
  expect([variables.entries().length, variables.changes()]).toEqual([1, undefined]);
  variables.set("old", bytes(2));
  variables.set("old", undefined);
  variables.set("new", bytes(1));
  expect(variables.changes()).toEqual([["old", undefined], ["new", bytes(1)]]);
});

test("their size is known, not counted: shared and cleared too", () => {
  const [one, other] = [new Variables([["ab", bytes(1)]]), new Variables()];
  other.share(one);
  other.set("c", bytes(1, 2));
  one.set("ab", bytes(1, 2, 3));
  other.set("c", bytes());
  expect([one.size, other.size, one.entries().length]).toEqual([6 + 96, 6 + 96, 2]);
  one.clear();
  expect([one.size, other.size, one.entries()]).toEqual([0, 6 + 96, []]);
  const many = new Variables();
  for (let index = 0; index < 100_000; index++) many.set(String(index), bytes(1));
  const started = performance.now();
  for (let count = 0; count < 1000; count++) expect(many.size).toBe(588_890 + 4_800_000);
  expect(performance.now() - started).toBeLessThan(500); // where each is counted, it takes some seconds
});
