import fc from "fast-check";
import { expect, test } from "vitest";
import { BatchWriter, readBatch } from "./batch.ts";

/** Halves of pairs too. */
const text = fc.array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 60 }).map((units) => String.fromCharCode(...units));
const items = fc.array(fc.oneof(fc.uint8Array({ maxLength: 60 }), text), { maxLength: 20 });
const bytesOf = (item: Uint8Array | string): number[] => [...(typeof item === "string" ? new TextEncoder().encode(item) : item)];

function write(items: readonly (Uint8Array | string)[], room: number): ArrayBuffer {
  const writer = new BatchWriter(items.length, room);
  for (const item of items) writer.append(item);
  return writer.finish();
}

const read = (block: ArrayBuffer): number[][] => readBatch(block, (bytes, start, end) => [...bytes.slice(start, end)]);

test("what goes in comes out, in order, however much room was asked for", () => {
  fc.assert(
    fc.property(items, fc.nat({ max: 400 }), (items, room) => {
      expect(read(structuredClone(write(items, room)))).toEqual(items.map(bytesOf));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("a reader is told which item it makes", () => {
  expect(readBatch(write(["a", "", "b"], 0), (_bytes, start, end, index) => [index, end - start])).toEqual([[0, 1], [1, 0], [2, 1]]);
});

test("no items at all", () => {
  expect(read(write([], 0))).toEqual([]);
});

test("an item far larger than the room", () => {
  const large = new Uint8Array(1_000_000).fill(7);
  expect(read(write(["x", large, "y"], 3)).map(({ length }) => length)).toEqual([1, 1_000_000, 1]);
});
