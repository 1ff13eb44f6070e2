import fc from "fast-check";
import { expect, test } from "vitest";
import { Packed, Packer } from "./packed.ts";

const u32 = fc.oneof(fc.constantFrom(0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1), fc.integer({ min: 0, max: 2 ** 32 - 1 }));

test("a pointer and a length go into an i64 and come out unsigned", () => {
  const packed = new Packed();
  fc.assert(
    fc.property(u32, u32, (pointer, length) => {
      const value = new Packer().of(pointer, length);
      expect(value).toBe(BigInt.asIntN(64, (BigInt(pointer) << 32n) | BigInt(length)));
      packed.value = value;
      expect([packed.pointer, packed.length]).toEqual([pointer, length]);
    }),
    { seed: 1 },
  );
});

test.each([
  [0n, 0, 0],
  [-1n, 2 ** 32 - 1, 2 ** 32 - 1],
  [-(2n ** 63n), 2 ** 31, 0],
  [2n ** 64n - 1n, 2 ** 32 - 1, 2 ** 32 - 1],
  [1n << 32n, 1, 0],
])("%i", (value, pointer, length) => {
  const packed = new Packed();
  packed.value = value;
  expect([packed.pointer, packed.length]).toEqual([pointer, length]);
});

test("a negative pointer, as wasm gives it, is the same as its unsigned twin", () => {
  expect(new Packer().of(-65_536, 1)).toBe(new Packer().of(2 ** 32 - 65_536, 1));
});
