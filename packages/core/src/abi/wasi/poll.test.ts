import { beforeEach, describe, expect, test } from "vitest";
import { Scope } from "../../capability/scope.ts";
import { Linked } from "../link.ts";
import { poll } from "./poll.ts";

const SIZE = 65_536;
const [OK, BADF, FAULT, INVAL] = [0, 8, 21, 28];
const [CLOCK, READ, WRITE] = [0, 1, 2];
/** Where subscriptions, events and their number are. */
const [FROM, TO, WRITTEN] = [64, 60_000, 16];

let u8: Uint8Array;
let data: DataView;
let linked: Linked;
beforeEach(() => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  [u8, data, linked] = [new Uint8Array(memory.buffer), new DataView(memory.buffer), new Linked()];
  linked.adopt({ memory });
});

describe.each([48, 56])("subscriptions of %i bytes", (size) => {
  const call = (from: number, to: number, count: number, written: number): number => poll(new Scope(), linked, size)(from, to, count, written) as number;

  function subscribe(...wanted: [tag: number, fd: number][]): void {
    wanted.forEach(([tag, fd], index) => {
      const at = FROM + index * size;
      data.setBigUint64(at, BigInt(index + 1) * 0x0101_0101_0101n, true);
      u8[at + 8] = tag;
      data.setUint32(at + 16, fd, true);
      data.setBigUint64(at + 24, 2n ** 64n - 1n, true); // a timeout of 584 years
    });
  }
  const event = (index: number): unknown[] => [data.getBigUint64(TO + index * 32, true) / 0x0101_0101_0101n, data.getUint16(TO + index * 32 + 8, true), u8[TO + index * 32 + 10], data.getUint16(TO + index * 32 + 24, true)];

  test("everything is ready at once: a sleep of centuries, input at its end, output", () => {
    subscribe([CLOCK, 1], [READ, 0], [WRITE, 1], [READ, 7], [WRITE, 3]);
    const started = performance.now();
    expect(call(FROM, TO, 5, WRITTEN)).toBe(OK);
    expect(performance.now() - started).toBeLessThan(100);
    expect(data.getUint32(WRITTEN, true)).toBe(5);
    expect([0, 1, 2, 3, 4].map(event)).toEqual([[1n, OK, CLOCK, 0], [2n, OK, READ, 1], [3n, OK, WRITE, 0], [4n, BADF, READ, 1], [5n, BADF, WRITE, 0]]);
  });

  test("what was there before is written over", () => {
    subscribe([CLOCK, 0]);
    u8.fill(0xee, TO, TO + 40);
    expect(call(FROM, TO, 1, WRITTEN)).toBe(OK);
    expect([...u8.subarray(TO + 8, TO + 32)]).toEqual(Array(24).fill(0));
    expect(u8[TO + 32]).toBe(0xee);
  });

  test("events may be written over the subscriptions", () => {
    subscribe([CLOCK, 0], [READ, 0], [WRITE, 2]);
    expect(call(FROM, FROM, 3, WRITTEN)).toBe(OK);
    expect([0, 1, 2].map((index) => [data.getBigUint64(FROM + index * 32, true) / 0x0101_0101_0101n, u8[FROM + index * 32 + 10]])).toEqual([[1n, CLOCK], [2n, READ], [3n, WRITE]]);
  });

  test.each([0, 1025, 2 ** 31 - 1, -(2 ** 31), -1])("%i subscriptions", (count) => {
    expect(call(FROM, TO, count, WRITTEN)).toBe(INVAL);
  });

  test.each([
    ["subscriptions beyond the end", SIZE - size + 1, TO, 1, WRITTEN],
    ["subscriptions of which the last is", SIZE - size * 3, TO, 4, WRITTEN],
    ["a negative address", -1, TO, 1, WRITTEN],
    ["events beyond the end", FROM, SIZE - 31, 1, WRITTEN],
    ["events of which the last is", FROM, SIZE - 64, 3, WRITTEN],
    ["their number beyond the end", FROM, TO, 1, SIZE - 3],
    ["their number nowhere", FROM, TO, 1, -1],
  ])("%s: nothing is written", (_name, from, to, count, written) => {
    subscribe([READ, 0], [READ, 0], [READ, 0], [READ, 0]);
    const before = Buffer.from(u8);
    expect(call(from, to, count, written)).toBe(FAULT);
    expect(before.equals(u8)).toBe(true);
  });
});
