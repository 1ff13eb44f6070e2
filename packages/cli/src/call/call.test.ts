import type { PluginInfo } from "@isopod/core";
import { describe, expect, test } from "vitest";
import { parseDuration } from "./duration.ts";
import { grantsOf, isGrant } from "./grants.ts";
import { inputFor } from "./input.ts";
import { numbers, parameters } from "./numbers.ts";
import { endsLine, written } from "./result.ts";

test.each([
  ["5s", 5000],
  ["250ms", 250],
  ["2m", 120_000],
  ["1.5", 1500],
  ["0", undefined],
  ["-1s", undefined],
  ["1e3", undefined],
  ["99999m", undefined],
  ["", undefined],
])("the time %j", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test("numbers are what the parameters want", () => {
  expect(parameters("(i32, i64) -> f64")).toEqual(["i32", "i64"]);
  expect([parameters("() -> ()"), parameters(undefined)]).toEqual([[], []]);
  expect(numbers(["1", "9223372036854775807", "-0", "NaN", "0x10"], ["i32", "i64", "f64", "f32", "i64"])).toEqual([1, 9223372036854775807n, -0, NaN, 16n]);
  for (const [text, type] of [["1.5", "i64"], ["x", "i32"], ["", "f64"], [" ", "f64"]] as const) expect(() => numbers([text], [type])).toThrow(/parameter 1 must be/);
});

test("grants", () => {
  expect(["clock", "random", "http=a.b", "http=", "fs"].map(isGrant)).toEqual([true, true, true, false, false]);
  expect(grantsOf(["clock", "http=a.b", "http=c.d:8080"])).toEqual({ clock: true, random: false, http: { hosts: ["a.b", "c.d:8080"] } });
});

describe("input", () => {
  const info = (abi: string, type?: string): PluginInfo => ({ abi, exports: [{ name: "run", kind: "function", type }] }) as unknown as PluginInfo;
  async function* stream(...parts: string[]): AsyncGenerator<string> {
    yield* parts;
  }
  const never = { isTTY: true, [Symbol.asyncIterator]: () => expect.unreachable("a terminal must not be waited for") };

  test("of what has no end no more is read than a plugin may be given", async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<string> {
      for (; read < 1000; read++) yield "0 ".repeat(8192);
    }
    const limited = { ...info("packed"), limits: { input: 20_000 } } as unknown as PluginInfo;
    expect(((await inputFor(limited, "run", [], endless())) as Uint8Array).length).toBe(32_768);
    expect(read).toBeLessThan(5);
    await expect(inputFor(info("plain", "(i32) -> i32"), "run", [], endless())).rejects.toThrow("standard input is too long for 1 number");
    expect(read).toBeLessThan(100);
  });

  test("a terminal is not read unless it is asked for", async () => {
    expect(await inputFor(info("packed"), "run", [], never)).toBeUndefined();
    expect(await inputFor(info("plain", "(i32) -> i32"), "run", [], never)).toEqual([]);
    expect(await inputFor(info("packed"), "run", ["-"], { isTTY: true, [Symbol.asyncIterator]: () => stream("a", "b") })).toEqual(Buffer.from("ab"));
  });

  test("numbers may be apart by blanks, commas and lines", async () => {
    expect(await inputFor(info("plain", "(i32, i64, f64) -> ()"), "run", [], stream("1, 2\n", "0.5"))).toEqual([1, 2n, 0.5]);
  });
});

test("output", () => {
  expect(written(new Uint8Array([0xff]), "bytes")).toMatchObject({ text: false });
  expect(written(Buffer.from("é\n"), "bytes")).toMatchObject({ text: true });
  expect(endsLine(written(Buffer.from("é\n"), "bytes"))).toBe(true);
  expect([5, 5n, [1, 2n], -0, undefined].map((value) => written(value, "value").data)).toEqual(["5", "5", "1 2", "-0", ""]);
  expect([5n, [1, 2n], { a: 1 }, undefined].map((value) => written(value, "json").data)).toEqual(["5", "[1,2]", '{"a":1}', "null"]);
});
