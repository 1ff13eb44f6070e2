import { describe, expect, test } from "vitest";
import { Call } from "../contract/call.ts";
import type { As, CallOptions, Input } from "../contract/operations.ts";
import { failure } from "../errors.ts";
import { block, bytes, call, read } from "./crossing.fixture.ts";
import { liftAny, liftMany, outgoing, packInputs, runPacked } from "./crossing.ts";

describe("an input on its way out", () => {
  test.each<[string, Input, unknown]>([
    ["nothing", undefined, undefined],
    ["text", "é", "é"],
    ["a number, which the ABI plain may want", 5, 5],
    ["a bigint", 5n, 5n],
    ["numbers", [1, 2n], [1, 2n]],
    ["JSON", { a: [1] }, '{"a":[1]}'],
    ["null", null, "null"],
    ["a list that is not all numbers", [1, "a"], '[1,"a"]'],
    ["a DataView", new DataView(bytes("abc").buffer, 1), bytes("bc")],
  ])("%s", (_name, input, wanted) => {
    expect(outgoing(input)).toEqual(wanted);
  });

  test.each([0, 1, 16_383, 16_384, 100_000])("bytes, %i of them, and never more of the buffer than was named", (size) => {
    const whole = new Uint8Array(size).fill(7);
    const part = new Uint8Array(size + 20).fill(7).subarray(10, 10 + size);
    for (const input of [whole, part, part.buffer.slice(10, 10 + size), Buffer.from(whole)]) {
      const sent = outgoing(input) as Uint8Array;
      expect([sent.length, sent.every((byte) => byte === 7), sent.buffer.byteLength]).toEqual([size, true, size]);
    }
  });

  test("the caller's own buffer is never moved away", () => {
    const input = new Uint8Array(100_000);
    expect((outgoing(input) as Uint8Array).buffer).not.toBe(input.buffer);
    const small = new Uint8Array([1, 2, 3]);
    const sent = outgoing(small);
    small.fill(9); // while the call waits for its worker
    expect(sent).toEqual(new Uint8Array([1, 2, 3]));
    expect(outgoing(new Uint8Array(new SharedArrayBuffer(4)))).toEqual(new Uint8Array(4));
  });

  test("a batch with nothing in it stays that: plugins of numbers have operations without any", () => {
    expect(packInputs([undefined, undefined])).toEqual([undefined, undefined]);
    expect(packInputs(["a", undefined])).toEqual(["a", undefined]);
  });

  test("a batch of bytes, text and JSON is one block, with numbers in it a list", () => {
    expect(read(packInputs(["a", bytes("bb"), { c: 1 }, ""]))).toEqual([[97], [98, 98], [...bytes('{"c":1}')], []]);
    expect(packInputs(["a", 5, [1n]])).toEqual(["a", 5, [1n]]);
    expect(read(packInputs([]))).toEqual([]);
  });

  test.each([["a block", "a"], ["a list", 1]])("what cannot go out says which input of %s it is", (_what, first) => {
    expect(() => packInputs([first, Symbol("s") as never])).toThrow(expect.objectContaining({ code: "bad_input", details: { index: 1 } }));
  });
});

describe("an output that comes back", () => {
  test("is lifted as the call says", () => {
    expect(liftAny(call("", { as: "text" }), bytes("é"))).toBe("é");
    expect(liftAny(call("", { as: "json" }), bytes("[1]"))).toEqual([1]);
    expect(liftAny(call("", { as: "value" }), 5n)).toBe(5n);
    expect(liftAny(call(), undefined)).toBeUndefined();
    expect(() => liftAny(call("", { as: "bytes" }), 5)).toThrow(expect.objectContaining({ code: "bad_input" }));
  });

  test("a block becomes values, each of its own", () => {
    const outputs = liftMany(call(), block("a", "bb")) as Uint8Array[];
    expect(outputs.map((output) => [[...output], output.buffer.byteLength])).toEqual([[[97], 1], [[98, 98], 2]]);
    expect(liftMany(call("", { as: "text" }), block("a", ""))).toEqual(["a", ""]);
    expect(liftMany(call("", { as: "json" }), block("1", "[2]"))).toEqual([1, [2]]);
    expect(liftMany(call("", { as: "value" }), [1, 2n])).toEqual([1, 2n]);
  });

  test.each<[string, CallOptions["as"], unknown]>([
    ["invalid_json", "json", block("1", "{")],
    ["invalid_utf8", "text", block("a", new Uint8Array([0xff]))],
    ["bad_input", "bytes", [bytes("a"), 5]],
  ])("%s says which output it was", (code, as, value) => {
    expect(() => liftMany(call("", { as: as! }), value)).toThrow(expect.objectContaining({ code, details: expect.objectContaining({ index: 1 }) as unknown }));
  });
});

describe("a batch where the guest is", () => {
  /** Gives what it is given, up to the first input of this name. */
  const place = (bad: string, later: boolean) => ({
    runMany: ({ borrow, as }: Call, inputs: readonly Input[]): unknown[] | Promise<unknown[]> => {
      const outputs = inputs.map((input) => {
        if (typeof input === "number") return as === "text" ? String(input) : input;
        if (new TextDecoder().decode(input as Uint8Array) === bad) throw failure("trap", "it trapped");
        return borrow!(input as Uint8Array);
      });
      return later ? Promise.resolve(outputs) : outputs;
    },
  });
  const run = async (inputs: readonly Input[], as: As | undefined, later: boolean): Promise<unknown> => {
    const work = async (): Promise<unknown> => runPacked(place("trap", later), "op", packInputs(inputs), { as });
    return liftMany(call(undefined, { as }), await work());
  };

  test.each([true, false])("gives what liftMany takes, with a guest that may be suspended: %s", async (later) => {
    expect(await run(["a", "bb", ""], "text", later)).toEqual(["a", "bb", ""]);
    expect(await run(["1", "[2]"], "json", later)).toEqual([1, [2]]);
    expect(await run([1, 2], "text", later)).toEqual(["1", "2"]);
    expect(await run([1, 2], "json", later)).toEqual([1, 2]);
  });

  test.each<[As | undefined, string, number]>([["text", "invalid_utf8", 1], ["json", "invalid_json", 0], ["bytes", "trap", 2], [undefined, "trap", 2]])("as %s the failure of an output comes before that of a later call: %s", async (as, code, index) => {
    const failed = run(["{", new Uint8Array([0xff]), "trap", ""], as, false);
    await expect(failed).rejects.toMatchObject(code === "trap" ? { code } : { code, details: { index } });
  });
});
