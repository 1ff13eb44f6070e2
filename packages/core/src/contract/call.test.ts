import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { copyIn } from "../memory/ranges.ts";
import { GuestMemory } from "../memory/guest-memory.ts";
import { Call, lift, liftCopy, liftNumbers, parse, payload } from "./call.ts";
import type { CallOptions, Input } from "./operations.ts";

const code = (code: string): unknown => expect.objectContaining({ code });
const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);
const call = (options?: CallOptions): Call => new Call("op", undefined, options);

describe("payload", () => {
  const buffer = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer;
  const shared = new SharedArrayBuffer(2);
  new Uint8Array(shared).set([1, 2]);

  test.each<[string, Input, string | Uint8Array]>([
    ["text stays text", "Grüße", "Grüße"],
    ["empty text", "", ""],
    ["nothing is no bytes", undefined, bytes()],
    ["an ArrayBuffer", buffer, bytes(1, 2, 3, 4, 5, 6, 7, 8)],
    ["a SharedArrayBuffer", shared, bytes(1, 2)],
    ["a Uint8Array within a larger buffer", new Uint8Array(buffer, 2, 3), bytes(3, 4, 5)],
    ["a Uint8ClampedArray", new Uint8ClampedArray(buffer, 6), bytes(7, 8)],
    ["a Uint16Array is its bytes", new Uint16Array(buffer, 2, 1), bytes(3, 4)],
    ["a DataView", new DataView(buffer, 7), bytes(8)],
    ["a Float64Array of NaN keeps its bits", new Float64Array(new BigUint64Array([0x7ff4_0000_0000_0001n]).buffer), bytes(1, 0, 0, 0, 0, 0, 0xf4, 0x7f)],
    ["null", null, "null"],
    ["a number", 1.5, "1.5"],
    ["NaN is JSON's null", Number.NaN, "null"],
    ["false", false, "false"],
    ["a list", [1, "a", null], '[1,"a",null]'],
    ["an object, without what JSON leaves out", { a: undefined, b: { c: [] } }, '{"b":{"c":[]}}'],
    ["an object with a name like a trap", JSON.parse('{"__proto__":1}') as Input, '{"__proto__":1}'],
  ])("%s", (_name, input, wanted) => {
    expect(payload(input)).toEqual(wanted);
  });

  test("bytes are not copied: lowering does that", () => {
    const input = new Uint8Array(buffer, 2, 3);
    expect(payload(input)).toBe(input);
    expect((payload(new DataView(buffer, 1, 2)) as Uint8Array).buffer).toBe(buffer);
  });

  test("refuses what was transferred away, whatever shows it", () => {
    const buffer = new ArrayBuffer(8);
    const all = [buffer, new Uint8Array(buffer), new Uint16Array(buffer, 2, 1), new DataView(buffer), Buffer.from(buffer, 1, 2)];
    expect(all.map((input) => payload(input).length)).toEqual([8, 8, 2, 8, 2]);
    structuredClone(buffer, { transfer: [buffer] });
    for (const input of all) expect(() => payload(input)).toThrow(code("bad_input"));
  });

  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  test.each([
    ["a function", () => {}],
    ["a symbol", Symbol("s")],
    ["a bigint, which is for the ABI plain", 1n],
    ["a bigint within", { a: 1n }],
    ["a circle", circle],
    ["what says it is nothing", { toJSON: () => undefined }],
    ["what throws when it is asked", { toJSON: () => { throw new Error("no"); } }],
  ])("refuses %s", (_name, input) => {
    expect(() => payload(input as Input)).toThrow(code("bad_input"));
  });
});

describe("lift", () => {
  const memory = new GuestMemory(new WebAssembly.Memory({ initial: 1 }));
  const at = (text: string, pointer = 16): [GuestMemory, number, number] => {
    const data = new TextEncoder().encode(text);
    copyIn(memory, pointer, data);
    return [memory, pointer, data.length];
  };

  test("bytes are a copy of their own", () => {
    for (const as of [undefined, "bytes", "value"] as const) {
      const lifted = lift(call({ as }), ...at("abc")) as Uint8Array;
      expect([[...lifted], lifted.buffer.byteLength]).toEqual([[97, 98, 99], 3]);
    }
  });

  test("text and JSON", () => {
    expect(lift(call({ as: "text" }), ...at("Grüße"))).toBe("Grüße");
    expect(lift(call({ as: "json" }), ...at('{"a":[1]}'))).toEqual({ a: [1] });
    expect(lift(call({ as: "text" }), memory, 0, 0)).toBe("");
    expect(() => lift(call({ as: "json" }), memory, 0, 0)).toThrow(code("invalid_json"));
    expect(() => lift(call({ as: "json" }), ...at("{"))).toThrow(code("invalid_json"));
    copyIn(memory, 16, bytes(0xff));
    expect(() => lift(call({ as: "text" }), memory, 16, 1)).toThrow(code("invalid_utf8"));
    expect(() => lift(call({ as: "json" }), memory, 16, 1)).toThrow(code("invalid_utf8"));
  });

  test("into a buffer that is large enough: its length, and no byte beyond it", () => {
    const into = new Uint8Array(6).fill(9);
    expect(lift(call({ into }), ...at("abc"))).toBe(3);
    expect([...into]).toEqual([97, 98, 99, 9, 9, 9]);
    expect(lift(call({ into: into.subarray(3) }), ...at("xyz"))).toBe(3);
    expect([...into]).toEqual([97, 98, 99, 120, 121, 122]);
    expect(lift(call({ into: new Uint8Array(0) }), memory, 0, 0)).toBe(0);
  });

  test("into a buffer that is too small: nothing is written", () => {
    const into = new Uint8Array(2).fill(9);
    const tooSmall = expect.objectContaining({ code: "output_too_small", details: { needed: 3, given: 2 } });
    expect(() => lift(call({ into }), ...at("abc"))).toThrow(tooSmall);
    expect(() => liftCopy(call({ into }), bytes(1, 2, 3))).toThrow(tooSmall);
    expect([...into]).toEqual([9, 9]);
  });

  test("borrowed: the memory itself, for as long as the callback runs; what it gives or throws is the caller's", () => {
    const seen = lift(call({ borrow: (view) => ({ same: view.buffer === memory.u8.buffer, text: String.fromCharCode(...view) }) }), ...at("abc"));
    expect(seen).toEqual({ same: true, text: "abc" });
    const own = new Error("mine");
    expect(() => lift(call({ borrow: () => { throw own; } }), ...at("abc"))).toThrow(own);
  });

  test.each([[0, 65_537], [65_536, 1], [-1, 1], [-1, -1], [1, -1], [-65_536, 65_536], [65_535, 2]])("%i + %i is outside, and nothing is touched", (pointer, length) => {
    const into = new Uint8Array(8).fill(9);
    for (const options of [{}, { as: "text" }, { as: "json" }, { into }, { borrow: () => expect.unreachable() }] as CallOptions[]) {
      expect(() => lift(call(options), memory, pointer, length)).toThrow(code("out_of_bounds"));
    }
    expect(into.every((byte) => byte === 9)).toBe(true);
  });

  test.each([0, 1, 65_536, -1, -(2 ** 31)])("no bytes at %i are no bytes", (pointer) => {
    expect(lift(call(), memory, pointer, 0)).toEqual(bytes());
    expect(lift(call({ as: "text" }), memory, pointer, 0)).toBe("");
    expect(lift(call({ borrow: (view) => view.length }), memory, pointer, 0)).toBe(0);
  });

  test("out of a worker it is the same as out of the guest", () => {
    const options = (size: number): CallOptions[] => [{}, { as: "text" }, { as: "json" }, { as: "bytes" }, { into: new Uint8Array(size) }, { into: new Uint8Array(1) }, { borrow: (view) => [...view] }];
    const attempt = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (error) {
        return error;
      }
    };
    const output = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.string().map((text) => new TextEncoder().encode(text)), fc.json().map((text) => new TextEncoder().encode(text)));
    fc.assert(
      fc.property(output, fc.nat({ max: 60_000 }), (output, pointer) => {
        copyIn(memory, pointer, output);
        const near = options(output.length).map((one) => [attempt(() => lift(call(one), memory, pointer, output.length)), one.into]);
        const far = options(output.length).map((one) => [attempt(() => liftCopy(call(one), output)), one.into]);
        expect(far).toEqual(near);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe("numbers", () => {
  test.each([[5, 5, "5"], [-0, -0, "0"], [Number.NaN, Number.NaN, "NaN"], [2n ** 63n, 2n ** 63n, "9223372036854775808"], [undefined, undefined, "undefined"], [[1, 2], [1, 2], "1,2"]])("%o", (raw, value, text) => {
    expect(liftNumbers(call({ as: "value" }), raw)).toEqual(value);
    expect(liftNumbers(call(), raw)).toEqual(value);
    expect(liftNumbers(call({ as: "text" }), raw)).toBe(text);
  });

  test.each<CallOptions>([{ as: "bytes" }, { into: new Uint8Array(9) }, { borrow: () => 0 }])("are no bytes: %o", (options) => {
    expect(() => liftNumbers(call(options), 1)).toThrow(code("bad_input"));
  });
});

test("JSON that is none says so and keeps the cause", () => {
  expect(() => parse("{]")).toThrow(expect.objectContaining({ code: "invalid_json", cause: expect.any(SyntaxError) as unknown }));
  expect(parse(" [1] ")).toEqual([1]);
});
