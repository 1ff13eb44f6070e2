import { describe, expect, test } from "vitest";
import type { Shape } from "./functions.ts";
import { isNumeric, liftShape, replyBytes, replyNumber } from "./shapes.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const shown = (shape: Shape | undefined, reply: unknown): string => new TextDecoder().decode(replyBytes(shape, reply));

test("numbers need no pointer, the rest does", () => {
  expect((["bytes", "text", "json", "i32", "i64", "f32", "f64"] as const).map(isNumeric)).toEqual([false, false, false, true, true, true, true]);
});

test("an argument is lifted as its shape says", () => {
  expect(liftShape("bytes", bytes("é"))).toEqual(bytes("é"));
  expect(liftShape("text", bytes("\ufeffé"))).toBe("\ufeffé");
  expect(liftShape("json", bytes("[1]"))).toEqual([1]);
  expect(() => liftShape("text", new Uint8Array([0xff]))).toThrow(expect.objectContaining({ code: "invalid_utf8" }));
  expect(() => liftShape("json", bytes("["))).toThrow(expect.objectContaining({ code: "invalid_json" }));
});

describe("a reply", () => {
  test.each<[Shape | undefined, unknown, string]>([
    [undefined, "Grüße", "Grüße"],
    [undefined, bytes("raw"), "raw"],
    [undefined, bytes("raw").buffer, "raw"],
    [undefined, undefined, ""],
    [undefined, { a: 1 }, '{"a":1}'],
    [undefined, 5, "5"],
    [undefined, null, "null"],
    ["text", "x", "x"],
    ["bytes", new DataView(bytes("raw").buffer, 1), "aw"],
    ["json", "x", '"x"'],
    ["json", [1], "[1]"],
    ["json", null, "null"],
    ["json", undefined, ""],
  ])("as %s of %o", (shape, reply, wanted) => {
    expect(shown(shape, reply)).toBe(wanted);
  });

  test.each<[Shape, unknown, unknown]>([
    ["i32", 5, 5],
    ["i32", -1, -1],
    ["f64", -0, -0],
    ["f64", Number.NaN, Number.NaN],
    ["f32", Infinity, Infinity],
    ["i64", 5n, 5n],
    ["i64", 2n ** 64n - 1n, 2n ** 64n - 1n],
    ["i64", 2 ** 53 - 1, 2n ** 53n - 1n],
    ["i64", -0, 0n],
  ])("as %s of %o", (shape, reply, wanted) => {
    expect(replyNumber(shape, reply)).toBe(wanted);
  });

  test.each<[Shape, unknown]>([
    ["i64", 2 ** 53],
    ["i64", 1.5],
    ["i64", Number.NaN],
    ["i64", "1"],
    ["i64", undefined],
    ["i32", 1n],
    ["i32", "1"],
    ["f64", null],
    ["f64", undefined],
    ["f64", true],
    ["f64", {}],
  ])("is no %s: %o", (shape, reply) => {
    expect(() => replyNumber(shape, reply)).toThrow(expect.objectContaining({ code: "host_function" }));
  });
});
