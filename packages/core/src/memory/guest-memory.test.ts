import { describe, expect, test } from "vitest";
import { GuestMemory } from "./guest-memory.ts";
import { copyIn, copyOut, readU32, viewOf, writeU32, writeU64 } from "./ranges.ts";

const PAGE = 65_536;
const OUT_OF_BOUNDS = expect.objectContaining({ code: "out_of_bounds" });
const guest = (pages = 1, origin = 0): GuestMemory => new GuestMemory(new WebAssembly.Memory({ initial: pages, maximum: 4 }), origin);

/** As they come out of wasm: signed, and every one an edge. */
const EDGES = [0, 1, 3, 4, PAGE - 8, PAGE - 4, PAGE - 1, PAGE, PAGE + 1, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31) + 1, -PAGE, -4, -1];
const isClean = (memory: GuestMemory): boolean => Buffer.from(memory.memory.buffer).equals(Buffer.alloc(memory.memory.buffer.byteLength));

describe("bounds", () => {
  test.each(EDGES)("ranges at %i, of every length there is trouble with", (pointer) => {
    const memory = guest();
    for (const length of EDGES) {
      const [from, size] = [pointer >>> 0, length >>> 0];
      if (size === 0 || from + size <= PAGE) {
        expect(viewOf(memory, pointer, length).length).toBe(size);
        expect(copyOut(memory, pointer, length).length).toBe(size);
        if (size > 0) expect(viewOf(memory, pointer, length).byteOffset).toBe(from);
      } else {
        expect(() => viewOf(memory, pointer, length)).toThrow(expect.objectContaining({ code: "out_of_bounds", details: { pointer: from, length: size, memory: PAGE } }));
        expect(() => copyOut(memory, pointer, length)).toThrow(OUT_OF_BOUNDS);
      }
    }
  });

  test.each(EDGES)("words at %i", (pointer) => {
    const memory = guest();
    const fits = (size: number): boolean => (pointer >>> 0) + size <= PAGE;
    const attempts: [number, () => void][] = [
      [4, () => readU32(memory, pointer)],
      [4, () => writeU32(memory, pointer, 1)],
      [8, () => writeU32(memory, pointer, 1, 2)],
      [8, () => writeU64(memory, pointer, 1n)],
      [3, () => copyIn(memory, pointer, new Uint8Array(3).fill(1))],
    ];
    for (const [size, attempt] of attempts) {
      if (fits(size)) attempt();
      else expect(attempt).toThrow(OUT_OF_BOUNDS);
    }
    if (!fits(3)) expect(isClean(memory)).toBe(true);
  });

  test.each(EDGES)("nothing at all may be written to %i", (pointer) => {
    const memory = guest();
    copyIn(memory, pointer, new Uint8Array(0));
    expect(isClean(memory)).toBe(true);
  });

  test("a write that goes beyond the end writes nothing", () => {
    const memory = guest();
    expect(() => copyIn(memory, PAGE - 2, new Uint8Array([1, 2, 3]))).toThrow(OUT_OF_BOUNDS);
    expect([...viewOf(memory, PAGE - 2, 2)]).toEqual([0, 0]);
  });

  test("a memory of no pages holds nothing", () => {
    const memory = guest(0);
    expect(viewOf(memory, 0, 0).length).toBe(0);
    expect(() => viewOf(memory, 0, 1)).toThrow(OUT_OF_BOUNDS);
    expect(() => readU32(memory, 0)).toThrow(OUT_OF_BOUNDS);
  });

  test("above 2 GiB a pointer is negative, and good", () => {
    const memory = new GuestMemory(new WebAssembly.Memory({ initial: 32_769 }));
    writeU32(memory, -(2 ** 31), 0xdeadbeef);
    copyIn(memory, -(2 ** 31) + 4, new Uint8Array([7]));
    expect([readU32(memory, 2 ** 31), viewOf(memory, -(2 ** 31) + 4, 1)[0]]).toEqual([0xdeadbeef, 7]);
    expect(() => readU32(memory, -(2 ** 31) + PAGE - 3)).toThrow(OUT_OF_BOUNDS);
  });
});

describe("what is read and written", () => {
  test("words are unsigned and little-endian", () => {
    const memory = guest();
    writeU32(memory, 8, -1, 0x01020304);
    writeU64(memory, 16, 2n ** 64n - 2n);
    expect([readU32(memory, 8), ...viewOf(memory, 12, 4)]).toEqual([2 ** 32 - 1, 4, 3, 2, 1]);
    expect([readU32(memory, 16), readU32(memory, 20)]).toEqual([2 ** 32 - 2, 2 ** 32 - 1]);
    writeU32(memory, 9, 5); // alignment is nobody's business
    expect(readU32(memory, 9)).toBe(5);
  });

  test("a view is the memory, a copy is not", () => {
    const memory = guest();
    const [view, copy] = [viewOf(memory, 4, 2), copyOut(memory, 4, 2)];
    copyIn(memory, 4, new Uint8Array([1, 2]));
    expect([...view, ...copy]).toEqual([1, 2, 0, 0]);
    expect(copy.buffer.byteLength).toBe(2);
  });

  test("an origin shifts everything, and what lies before it is out of reach", () => {
    const memory = guest(1, 512);
    copyIn(memory, 0, new Uint8Array([9]));
    writeU32(memory, 4, 5);
    expect([new Uint8Array(memory.memory.buffer)[512], readU32(memory, 4), memory.u8.length]).toEqual([9, 5, PAGE - 512]);
    expect(() => viewOf(memory, PAGE - 512, 1)).toThrow(OUT_OF_BOUNDS);
    expect(() => viewOf(memory, -1, 1)).toThrow(OUT_OF_BOUNDS);
  });
});

describe("growth", () => {
  test.each([0, 512])("takes the old view away, and the next look sees all (origin %i)", (origin) => {
    const memory = guest(1, origin);
    copyIn(memory, 0, new Uint8Array([42]));
    const old = memory.u8;
    expect(() => viewOf(memory, PAGE - origin, 1)).toThrow(OUT_OF_BOUNDS);
    memory.memory.grow(1);
    expect(old.length).toBe(0);
    expect([memory.u8.length, memory.u8[0]]).toEqual([2 * PAGE - origin, 42]);
    writeU32(memory, 2 * PAGE - origin - 4, 7);
    expect(readU32(memory, 2 * PAGE - origin - 4)).toBe(7);
  });

  test("by no pages takes the view away too", () => {
    const memory = guest();
    const old = memory.u8;
    memory.memory.grow(0);
    expect([old.length, memory.u8.length]).toEqual([0, PAGE]);
  });

  test("from nothing is seen", () => {
    const memory = guest(0);
    memory.memory.grow(1);
    expect(viewOf(memory, PAGE - 1, 1).length).toBe(1);
  });
});
