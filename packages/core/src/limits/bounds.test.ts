import { expect, test } from "vitest";
import { boundsOf, DEFAULTS, RULES, type Limits } from "./bounds.ts";

const holds = (name: keyof typeof RULES, value: unknown): boolean => RULES[name][0](value);

test("closed by default", () => {
  expect(boundsOf()).toEqual({ memory: 268_435_456, tables: 100_000, fuel: 20e9, time: 10_000, input: 67_108_864, output: 67_108_864, hostCalls: 1_000_000 });
  expect(boundsOf({ time: 5 })).toEqual({ ...DEFAULTS, time: 5 });
});

test.each([
  ["memory", "16MiB", 16_777_216],
  ["memory", "1.5KiB", 1536],
  ["memory", "2GiB", 2_147_483_648],
  ["input", 0, 0],
  ["output", 1, 1],
  ["time", "50ms", 50],
  ["time", "2s", 2000],
  ["time", "1.5s", 1500],
  ["time", 7, 7],
  ["fuel", 20e9, 20e9],
  ["hostCalls", "unlimited", Infinity],
] as const)("limits.%s %s is %d", (name, value, number) => {
  expect(holds(name, value)).toBe(true);
  expect(boundsOf({ [name]: value } as Limits)[name]).toBe(number);
});

test.each([
  ["memory", "16MB"],
  ["memory", "MiB"],
  ["memory", "50ms"],
  ["memory", "0.3KiB"],
  ["memory", -1],
  ["memory", 1.5],
  ["memory", Infinity],
  ["memory", NaN],
  ["memory", null],
  ["memory", 2 ** 53],
  ["time", "16MiB"],
  ["time", "50"],
  ["time", "1 s"],
  ["time", "1m"],
  ["time", "-1s"],
  ["fuel", "1"],
  ["fuel", "1s"],
  ["tables", "Unlimited"],
  ["hostCalls", 10n],
] as const)("limits.%s cannot be %s", (name, value) => {
  expect(holds(name, value)).toBe(false);
});
