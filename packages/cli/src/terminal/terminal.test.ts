import { describe, expect, test } from "vitest";
import { bar } from "./bars.ts";
import { count, counted, duration, limit, size } from "./figures.ts";
import { beside, cell, fit, fitEnd, wrap } from "./layout.ts";
import { hasColour, palette } from "./palette.ts";
import { printable } from "./printable.ts";
import { screenOf } from "./screen.ts";

test.each([
  [0, ""],
  [1, "████████"],
  [0.5, "████"],
  [1 / 64, "▏"],
  [0.0001, "▏"],
  [2, "████████"],
  [-1, ""],
])("a bar of %d in 8 columns", (part, text) => {
  expect(bar(part, 8)).toBe(text);
});

test("figures", () => {
  expect([count(1234567), counted(1, "case"), counted(2, "case")]).toEqual(["1,234,567", "1 case", "2 cases"]);
  expect([0.5, 850, 2410, 12_100_000, 999_600, 1.3e9, 3e12].map(duration)).toEqual(["0.50 ns", "850 ns", "2.41 µs", "12.1 ms", "1.00 ms", "1.30 s", "3,000 s"]);
  expect([300, 5000, 1500].map(limit)).toEqual(["300 ms", "5 s", "1.5 s"]);
  expect([512, 65_536, 1_572_864, 2 ** 48].map(size)).toEqual(["512 bytes", "64 KiB", "1.5 MiB", "256 TiB"]);
});

test("layout counts code points, not UTF-16 units", () => {
  expect([cell("😀", 3), cell("ab", -4), cell("abcdef", 4), fit("abc", 3)]).toEqual(["😀  ", "  ab", "abc…", "abc"]);
  expect([fitEnd("lib/😀a.wasm", 8), fitEnd("a.wasm", 6), fitEnd("ab", 0)]).toEqual(["…😀a.wasm", "a.wasm", "…"]);
});

test("lines break at blanks, and long words where they must", () => {
  expect(wrap("one two three", 8)).toEqual(["one two", "three"]);
  expect(wrap("abcdefghij k", 4)).toEqual(["abcd", "efgh", "ij k"]);
  expect(wrap("", 4)).toEqual([""]);
  expect(beside("Label", "some more words", 7, 19)).toEqual(["Label  some more", "       words"]);
});

describe("what others wrote", () => {
  test("cannot move the cursor, ring, turn the line or end it", () => {
    expect(printable("a\x1b[2Jb\x07c\u202ed\u009be\nf")).toBe("a\\u001b[2Jb\\u0007c\\u202ed\\u009be f");
    expect(printable("a\tb", "\t")).toBe("a\tb");
    expect(printable("Grüße 😀")).toBe("Grüße 😀");
  });
});

test("colour", () => {
  expect([hasColour({ isTTY: true }, {}), hasColour({}, {}), hasColour({ isTTY: true }, { TERM: "dumb" }), hasColour({ isTTY: true }, { NO_COLOR: "" })]).toEqual([true, false, false, true]);
  expect([palette(true).good("x"), palette(true).good(""), palette(false).good("x")]).toEqual(["\x1b[32mx\x1b[39m", "", "x"]);
});

test("a screen is never too narrow to lay out for, and a pipe is 80", () => {
  expect([screenOf({ isTTY: true, columns: 10 }, {}).columns, screenOf({}, {}).columns, screenOf({ isTTY: true, columns: 300 }, {}).columns]).toEqual([40, 80, 100]);
});
