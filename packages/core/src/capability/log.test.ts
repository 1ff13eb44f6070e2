import { describe, expect, test } from "vitest";
import { LEVELS, logTo, type LogEntry } from "./log.ts";

const collect = (): { lines: LogEntry[]; log: ReturnType<typeof logTo> } => {
  const lines: LogEntry[] = [];
  return { lines, log: logTo((entry) => lines.push(entry)) };
};

test("every level arrives", () => {
  const { lines, log } = collect();
  for (const level of LEVELS) log(level, level.toUpperCase());
  expect(lines).toEqual(["trace", "debug", "info", "warn", "error"].map((level) => ({ level, message: level.toUpperCase() })));
});

describe("a long line", () => {
  test.each([0, 1, 65_535, 65_536])("of %i units is passed on whole", (length) => {
    const { lines, log } = collect();
    log("info", "x".repeat(length));
    expect(lines[0]!.message).toBe("x".repeat(length));
  });

  test.each([65_537, 5_000_000])("of %i units is cut, and says so", (length) => {
    const { lines, log } = collect();
    log("info", "x".repeat(length));
    expect(lines[0]!.message).toBe(`${"x".repeat(65_536)}… (cut)`);
  });
});

test("a sink that throws does not fail the call; without one a line goes nowhere", () => {
  const broken = logTo(() => {
    throw new Error("disk full");
  });
  broken("error", "x");
  logTo(undefined)("error", "x");
});
