import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { instructions, type Instruction } from "../../testing/fuzz/instructions.ts";
import { harden } from "../harden/index.ts";
import { moduleOf } from "../harden/compare.fixture.ts";
import { wat } from "../harden/metered.fixture.ts";
import { COMPUTING } from "../harden/opcodes.fixture.ts";
import { LEGACY, SPECIAL } from "../harden/special.fixture.ts";
import { carried } from "./carry.ts";
import { codeOf } from "./code.ts";
import { movesOf } from "./moves.ts";
import { Rows } from "./rows.ts";

const POLICY = { memory: 2 ** 28, tables: 100_000 };
const DIST = new URL("../../../../../guests/dist/", import.meta.url);

/** What stands for an instruction: a call of a function that was added, or a branch to where the function settles. */
const INSTEAD: Readonly<Record<number, number>> = { 0x40: 0x10, 0xfc: 0x10, 0x0f: 0x0c };
/** What counts the rounds of a loop, and is written anew where that is known before: none of it ever fails. */
const COUNTING = new Set([0x04, 0x0b, 0x0c, 0x0d, 0x20, 0x21, 0x22, 0x23, 0x41, 0x47, 0x48, 0x49, 0x6a, 0x6b]);

/** What the reader of the fuzz leaves out, by code: how many numbers follow. Of what takes a list, and of vectors, see below. */
const EXCEPTIONS: Readonly<Record<number, number>> = { 0x06: 1, 0x07: 1, 0x08: 1, 0x09: 1, 0x0a: 0, 0x18: 1, 0x19: 0 };

/** Reads one number after the other. */
class Cursor {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  next(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.at++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
}

/** The instructions of a body. */
function all(bytes: Uint8Array, from: number, to: number): Instruction[] {
  const found = instructions(bytes, from, to);
  const begin = found.at(-1)?.end ?? from;
  if (begin === to) return found;
  const code = bytes[begin]!;
  const numbers = new Cursor(bytes, begin + 1);
  const pass = (count: number): void => {
    for (let left = count; left > 0; left--) numbers.next();
  };
  if (code === 0x1c) pass(numbers.next());
  else if (code === 0x1f) {
    pass(1);
    for (let left = numbers.next(); left > 0; left--) pass(numbers.next() < 2 ? 2 : 1);
  } else if (code === 0xfd) {
    const vector = numbers.next();
    if (vector < 12 || vector === 92 || vector === 93 || (vector > 83 && vector < 92)) pass(2);
    if (vector === 12 || vector === 13) numbers.at += 16;
    if ((vector > 20 && vector < 35) || (vector > 83 && vector < 92)) numbers.at++;
  } else pass(EXCEPTIONS[code]!);
  return [...found, { at: begin, end: numbers.at, code, operand: begin + 1 }, ...all(bytes, numbers.at, to)];
}

/** The instructions of each body. */
function read(bytes: Uint8Array): Instruction[][] {
  const numbers = new Cursor(bytes, codeOf(bytes).from);
  return Array.from({ length: numbers.next() }, () => {
    const to = numbers.next() + numbers.at;
    for (let left = numbers.next(); left > 0; left--) {
      numbers.next();
      numbers.at++;
    }
    const found = all(bytes, numbers.at, to);
    expect(found.at(-1)!.end).toBe(to);
    numbers.at = to;
    return found;
  });
}

/** Each instruction of the hardened module leads back to the one that it was, and each that may trap or call is led to. Gives how many were looked at. */
function compare(bytes: Uint8Array): number {
  const moves = movesOf(bytes, POLICY);
  const before = new Rows();
  const file = before.file(() => "instruction");
  const own = read(bytes);
  const numbers = own.flat();
  for (const [number, { at }] of numbers.entries()) before.push(at, file, number + 1, 0);
  const rows = carried(before, moves);
  const after = read(moves.hardened);
  let first = 0;
  for (const [index, found] of own.entries()) {
    const reached = new Set<number>();
    let last = first;
    for (const { at, code } of after[index]!) {
      const [, line = 0] = rows.place(rows.find(at)) ?? [];
      const number = line - 1;
      if (number < first || number >= first + found.length) expect.unreachable(`${at} leads into another function`);
      const was = numbers[number]!;
      expect([at, number >= last]).toEqual([at, true]);
      last = number;
      if (code === was.code || code === INSTEAD[was.code]) reached.add(number);
    }
    for (const [own, { at, code }] of found.entries()) if (!COUNTING.has(code)) expect([index, at, reached.has(first + own)]).toEqual([index, at, true]);
    first += found.length;
  }
  return first;
}

describe("every instruction of a hardened guest leads back to the one that it was, and none that a frame may stand at is forgotten", () => {
  const names = readdirSync(DIST).filter((name) => name.endsWith(".wasm"));
  it.each(names)("%s", (name) => {
    const bytes = new Uint8Array(readFileSync(new URL(name, DIST)));
    let refused = false;
    try {
      harden(bytes, POLICY);
    } catch {
      refused = true;
    }
    if (refused) expect(() => movesOf(bytes, POLICY)).toThrow();
    else if (codeOf(bytes).starts.length > 0) expect(compare(bytes)).toBeGreaterThan(0);
  });
});

test.each([["what computes", COMPUTING], ["all that is special", SPECIAL], ["exceptions of the first kind", LEGACY]] as const)("the same of every opcode: %s", (_, samples) => {
  expect(compare(moduleOf(samples))).toBeGreaterThan(samples.length * 4);
}, 20_000);

test("the same bytes come out", () => {
  const bytes = new Uint8Array(readFileSync(new URL("validator.wasm", DIST)));
  expect(movesOf(bytes, POLICY, "sha256-x").hardened).toEqual(harden(bytes, POLICY, "sha256-x"));
});

test("what is added belongs to what it stands before, what is copied stays, and helpers have no place", () => {
  const bytes = wat(`(module (memory 1) (func (export "f") (param i32) (result i32)
    (loop (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
    (memory.grow (i32.const 1))))`);
  expect(compare(bytes)).toBe(12);
  const { starts, hardened } = movesOf(bytes, POLICY);
  const rows = new Rows();
  rows.push(codeOf(bytes).starts[0]!, rows.file(() => "f"), 1, 1);
  const after = carried(rows, movesOf(bytes, POLICY));
  expect(after.text(starts[0]! + 2)).toBe("f:1:1");
  expect(after.text(starts[1]!)).toBeUndefined();
  expect(codeOf(hardened).starts.length).toBeGreaterThan(3);
});
