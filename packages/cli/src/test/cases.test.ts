import { describe, expect, test } from "vitest";
import { parseCases, type Case } from "./cases.ts";
import { judge, shown } from "./judge.ts";
import { requestOf } from "./request.ts";
import type { Answer } from "./wire.ts";

const one = (value: object): Case => parseCases(JSON.stringify([{ op: "run", ...value }]), "cases.json")[0]!;

describe("a file of cases", () => {
  test("a list, or an object a line", () => {
    const listed = parseCases('[{"op":"a"},{"op":"b","input":"x"}]', "f");
    expect(parseCases('{"op":"a"}\n\n{"op":"b","input":"x"}\r\n', "f")).toEqual(listed);
    expect(listed.map(({ name }) => name)).toEqual(["a", "b x"]);
    // As some editors begin a file.
    for (const text of ['[{"op":"a"},{"op":"b","input":"x"}]', '{"op":"a"}\n{"op":"b","input":"x"}']) expect(parseCases(`\ufeff${text}`, "f")).toEqual(listed);
  });

  test.each([
    ["[", "f is not JSON"],
    ['{"op":"a"}\n{', "f, line 2 is not JSON"],
    ["[]", "f holds no case"],
    ["", "f holds no case"],
    ["[5]", "f, case 1: it must be an object"],
    ['[{"op":"a"},{}]', "f, case 2: op must be a string"],
    ['[{"op":"a","expect":1}]', "there is no expect, only name, op"],
    ['[{"op":"a","name":1}]', "name must be"],
    ['[{"op":"a","error":"trap"}]', "error must be such as"],
    ['[{"op":"a","error":{"code":"trap","text":"x"}}]', "error must be such as"],
    ['[{"op":"a","error":{"code":"trap"},"output":"x"}]', "not both"],
    ['[{"op":"a","config":{"a":1}}]', "config must be"],
    ['[{"op":"a","continues":1}]', "continues must be"],
    ['[{"op":"a","continues":true,"config":{}}]', "the config of the case before"],
    ['[{"op":"a","input":{"base64":"€"}}]', "base64 must be that"],
    ['[{"op":"a","output":{"base64":5}}]', "base64 must be that"],
  ])("%j is refused in words", (text, words) => {
    expect(() => parseCases(text, "f")).toThrow(words);
  });
});

test("what goes to the runtime", () => {
  const about = { abi: "packed", exports: [] };
  const input = (value: object): unknown => requestOf(one(value), about).input;
  expect([{}, { input: "é" }, { input: { base64: "AA==" } }, { input: { base64: "AA==", more: 1 } }, { input: [1] }].map(input)).toEqual([null, { text: "é" }, { base64: "AA==" }, { json: { base64: "AA==", more: 1 } }, { json: [1] }]);
  const plain = { abi: "plain", exports: [{ name: "run", kind: "function", type: "(i64, f64) -> i64" }] };
  expect(requestOf(one({ input: [1, "NaN"] }), plain).input).toEqual({ numbers: ["1n", "NaN"] });
  expect(requestOf(one({}), plain).input).toEqual({ numbers: [] });
  expect(() => requestOf(one({ input: "x" }), plain)).toThrow(/the case "run x": parameter 1/);
});

describe("an answer", () => {
  const text = (value: string): Answer => ({ base64: Buffer.from(value).toString("base64") });
  const error = (code: string, message: string): Answer => ({ error: { code, message } });
  const ok = (value: object, answer: Answer, first = answer): boolean => judge(one(value), answer, first) === undefined;

  test.each<[boolean, object, Answer]>([
    [true, { output: "é" }, text("é")],
    [false, { output: "é" }, text("\ufeffé")],
    [true, { output: { base64: "/w==" } }, { base64: "/w==" }],
    [true, { output: { a: 1, b: [2] } }, text('{ "b": [2], "a": 1 }')],
    [false, { output: { a: 1 } }, text("{")],
    [false, { output: "x" }, error("trap", "x")],
    [true, { output: 5 }, { numbers: ["5"] }],
    [true, { output: [5, "NaN", "9223372036854775807"] }, { numbers: ["5n", "NaN", "9223372036854775807n"] }],
    [false, { output: [5] }, { numbers: ["5", "6"] }],
    [true, { error: { code: "trap" } }, error("trap", "unreachable")],
    [true, { error: { code: "trap", message: "reach" } }, error("trap", "unreachable")],
    [false, { error: { code: "trap", message: "stack" } }, error("trap", "unreachable")],
    [false, { error: { code: "trap" } }, text("x")],
    [true, {}, text("x")],
    [false, {}, error("trap", "x")],
  ])("%s for %j and %j", (holds, expected, answer) => {
    expect(ok(expected, answer)).toBe(holds);
  });

  test("without an expectation it must be that of the first runtime", () => {
    expect([ok({}, text("a"), text("a")), ok({}, text("a"), text("b"))]).toEqual([true, false]);
  });

  test("is shown in one line", () => {
    expect([text("a\n"), { base64: "/w==" }, { numbers: ["1", "2n"] }, { numbers: [] }, error("trap", "x")].map(shown)).toEqual(['"a\\n"', '{"base64":"/w=="}', "1 2", "nothing", "trap: x"]);
  });
});
