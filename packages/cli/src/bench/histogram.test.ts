import { expect, test } from "vitest";
import { Histogram } from "./histogram.ts";

test("percentiles to about one in a hundred, whatever the order of size", () => {
  const times = new Histogram();
  for (let value = 1; value <= 10_000; value++) times.add(value * 100);
  expect(times.count).toBe(10_000);
  for (const part of [0.01, 0.5, 0.95, 1]) expect(Math.abs(times.percentile(part) / (part * 1_000_000) - 1)).toBeLessThan(0.012);
});

test("nothing, and less than the clock can tell", () => {
  const times = new Histogram();
  expect(times.percentile(0.5)).toBeNaN();
  times.add(0);
  expect(times.percentile(0.5)).toBe(1);
});
