import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, decodeLossy, encode, encodeInto } from "./text.ts";

const engine = { encoder: new TextEncoder(), decoder: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }) };
const INVALID = expect.objectContaining({ code: "invalid_utf8" });

/** Halves of pairs too, and lengths around where the engine's own coder takes over. */
const text = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 0x7f }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }) }), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));

describe("encoding", () => {
  test("is the engine's, lone surrogates and all, and stays within its room", () => {
    fc.assert(
      fc.property(text, fc.nat({ max: 9 }), (text, at) => {
        const wanted = engine.encoder.encode(text);
        const room = text.length * 3;
        const target = new Uint8Array(at + room + 8).fill(0xee);
        expect(encodeInto(text, target, at)).toBe(wanted.length);
        expect(target.subarray(at, at + wanted.length)).toEqual(wanted);
        expect([...target.subarray(0, at), ...target.subarray(at + room)].every((byte) => byte === 0xee)).toBe(true);
        expect(encode(text)).toEqual(wanted);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test("half of a pair becomes U+FFFD, a whole one four bytes", () => {
    expect([...encode("\ud83d")]).toEqual([0xef, 0xbf, 0xbd]);
    expect([...encode("a\udc00b")]).toEqual([0x61, 0xef, 0xbf, 0xbd, 0x62]);
    expect([...encode("😀")]).toEqual([0xf0, 0x9f, 0x98, 0x80]);
  });
});

describe("decoding", () => {
  test("undoes encoding", () => {
    fc.assert(fc.property(text, (text) => void expect(decode(encode(text))).toBe(engine.decoder.decode(encode(text)))), { seed: 1, numRuns: 1000 });
  });

  test("sees what it was told to see, and nothing beside it", () => {
    fc.assert(
      fc.property(text, text, text, (before, middle, after) => {
        const [head, body] = [encode(before), encode(middle)];
        const all = new Uint8Array([...head, ...body, ...encode(after)]);
        expect(decode(all, head.length, head.length + body.length)).toBe(engine.decoder.decode(body));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("takes and refuses what the engine does: every pair of bytes, alone and behind as many others as a step has", () => {
    const differ: number[] = [];
    const attempt = (decode: () => string): string | undefined => {
      try {
        return decode();
      } catch {
        return undefined;
      }
    };
    for (let pair = 0; pair < 0x1_0000; pair += pair < 0x7000 ? 97 : 19) {
      const bytes = new Uint8Array([...encode("abcdef"), pair >> 8, pair & 0xff, 0x2e]);
      for (const start of [0, 6]) if (attempt(() => decode(bytes, start)) !== attempt(() => engine.decoder.decode(bytes.subarray(start)))) differ.push(pair);
    }
    expect(differ).toEqual([]);
  });

  test.each([
    ["a byte that starts nothing", [0xff, 0xfe, 0x41]],
    ["a continuation alone", [0x80]],
    ["a sequence cut short", [0xe2, 0x82]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["an overlong NUL", [0xe0, 0x80, 0x80]],
    ["a surrogate", [0xed, 0xa0, 0x80]],
    ["a code point beyond the last", [0xf4, 0x90, 0x80, 0x80]],
    ["an error behind long text", [...encode("x".repeat(100)), 0xff]],
  ])("refuses %s", (_name, bytes) => {
    expect(() => decode(new Uint8Array(bytes))).toThrow(INVALID);
    expect(decodeLossy(new Uint8Array(bytes))).toContain("\ufffd");
  });

  test("a byte order mark is a character like any other", () => {
    expect(decode(new Uint8Array([0xef, 0xbb, 0xbf]))).toBe("\ufeff");
    expect(decode(encode("\ufeffa"))).toBe("\ufeffa");
    expect(decode(encode(`\ufeff${"a".repeat(50)}`))).toHaveLength(51);
    expect(() => decode(new Uint8Array([0xff, 0xfe, 0x61, 0]))).toThrow(INVALID);
  });

  test("NUL is a character, and no bytes are no text", () => {
    expect(decode(new Uint8Array([0x61, 0, 0x62]))).toBe("a\0b");
    expect(decode(new Uint8Array(0))).toBe("");
    expect(decode(new Uint8Array(4), 2, 2)).toBe("");
  });

  test("one failure leaves nothing behind in the decoder", () => {
    expect(() => decode(new Uint8Array([0x61, 0xe2]))).toThrow(INVALID);
    expect(decode(encode("é"))).toBe("é");
  });
});
