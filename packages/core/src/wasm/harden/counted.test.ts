import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Reader } from "../reader.ts";
import { assemble, leb, name } from "./assemble.fixture.ts";
import { counted } from "./counted.ts";
import { paying, run, start, wat } from "./metered.fixture.ts";
import { shapes } from "./shapes.ts";

/** Parameters: where the variable begins and where it is to end. Locals: rounds, and something to compute with. */
const [VARIABLE, BOUND, ROUNDS, SUM] = [0, 1, 2, 3];
const COMPARE = { "≠": 0x47, "<s": 0x48, "<u": 0x49 };
const signed = (value: number): number[] => {
  const bytes: number[] = [];
  for (;;) {
    const low = value & 127;
    value >>= 7;
    if (value === (low & 64 ? -1 : 0)) return [...bytes, low];
    bytes.push(low | 128);
  }
};

interface Loop {
  readonly form: "before" | "after" | "turned" | "zero";
  readonly compare: keyof typeof COMPARE;
  readonly step: number;
  readonly down: boolean;
  /** Down as a difference, not as a sum with a negative number. */
  readonly less: boolean;
  readonly from: number;
  readonly bound: number;
  readonly where: "constant" | "local" | "global";
  readonly body: readonly number[];
}

const far = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 }).map((by) => (2 ** 31 + by) | 0), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
const rounds = [0x20, ROUNDS, 0x41, 1, 0x6a, 0x21, ROUNDS];
const bodies = [
  [],
  [0x20, SUM, 0x20, VARIABLE, 0x6a, 0x21, SUM],
  [0x20, VARIABLE, 0x41, 3, 0x71, 0x04, 0x40, 0x20, SUM, 0x41, 5, 0x6c, 0x21, SUM, 0x05, 0x20, SUM, 0x41, 7, 0x6a, 0x21, SUM, 0x0b],
  [0x02, 0x40, 0x20, VARIABLE, 0x41, 1, 0x71, 0x0d, 0, 0x20, SUM, 0x41, 9, 0x73, 0x21, SUM, 0x0b],
];
const loops: fc.Arbitrary<Loop> = fc.record({
  form: fc.constantFrom("before", "after", "turned", "zero"),
  compare: fc.constantFrom("≠", "<s", "<u"),
  step: fc.integer({ min: 0, max: 5 }).map((power) => 1 << power),
  down: fc.boolean(),
  less: fc.boolean(),
  from: far,
  bound: far,
  where: fc.constantFrom("constant", "local", "global"),
  body: fc.constantFrom(...bodies),
}).map((loop) => {
  const plain = loop.form === "turned" || loop.form === "zero";
  const compare = plain ? "≠" : loop.compare;
  // Near to each other, or it takes too long; sometimes with the bound behind.
  const bound = loop.form === "zero" ? 0 : loop.bound;
  const near = (loop.from % 400) * (loop.from & 1 ? loop.step : 1);
  return { ...loop, compare, bound, from: (bound + near) | 0, down: compare === "≠" && loop.down };
});

function bodyOf({ form, compare, step, down, less, bound, where, body }: Loop): number[] {
  const move = [0x20, VARIABLE, 0x41, ...signed(down && !less ? -step : step), down && less ? 0x6b : 0x6a];
  const limit = where === "constant" ? [0x41, ...signed(bound)] : where === "local" ? [0x20, BOUND] : [0x23, 0];
  const done = [...rounds, ...body];
  if (form === "before") return [0x20, VARIABLE, ...limit, COMPARE[compare], 0x04, 0x40, ...done, ...move, 0x21, VARIABLE, 0x0c, 1, 0x0b];
  if (form === "after") return [...done, ...move, 0x22, VARIABLE, ...limit, COMPARE[compare], 0x0d, 0];
  if (form === "turned") return [...done, ...limit, ...move, 0x22, VARIABLE, COMPARE[compare], 0x0d, 0];
  return [...done, ...move, 0x22, VARIABLE, 0x0d, 0];
}

/** `f (from, bound)` gives rounds, sum and the variable; alone, and within a loop that goes round twice. */
function moduleOf(loop: Loop, twice: boolean): Uint8Array<ArrayBuffer> {
  const inner = [0x03, 0x40, ...bodyOf(loop), 0x0b];
  const outer = [0x03, 0x40, ...inner, 0x20, 4, 0x41, 1, 0x6a, 0x22, 4, 0x41, 2, 0x48, 0x04, 0x40, 0x41, ...signed(loop.from), 0x21, VARIABLE, 0x0c, 1, 0x0b, 0x0b];
  return assemble({
    1: [[0x60, 2, 0x7f, 0x7f, 3, 0x7f, 0x7f, 0x7f]],
    3: [[0]],
    6: [[0x7f, 0, 0x41, ...signed(loop.bound), 0x0b]],
    7: [[...name("f"), 0, 0]],
    10: [[1, ...leb(3), 0x7f, ...(twice ? outer : inner), 0x20, ROUNDS, 0x20, SUM, 0x20, VARIABLE, 0x0b]],
  });
}

/** How often the body is done; undefined for more than a test waits for. */
function roundsOf({ form, compare, step, down, from, bound }: Loop): number | undefined {
  const holds = (value: number): boolean => (compare === "≠" ? value !== bound : compare === "<s" ? value < bound : value >>> 0 < bound >>> 0);
  let value = from;
  let count = 0;
  if (form === "before" && !holds(value)) return 0;
  do {
    value = (value + (down ? -step : step)) | 0;
    if (++count > 20_000) return undefined;
  } while (holds(value));
  return count;
}

describe("loops that a variable counts", () => {
  it("are found in each form, give the same and are charged for each round, whatever the numbers", () => {
    const ended = { soon: 0, never: 0 };
    fc.assert(
      fc.property(loops, fc.boolean(), fc.constantFrom(1, 77, 1e6), (loop, twice, quantum) => {
        const code = Uint8Array.from(bodyOf(loop));
        expect(counted(new Reader(code), shapes(), 0, code.length)).toBeDefined();
        const bytes = moduleOf(loop, twice);
        const metered = start(bytes, { fuel: 2e6, quantum });
        const count = roundsOf(loop);
        if (count === undefined) {
          expect(() => run(metered, "f", loop.from, loop.bound)).toThrow();
          ended.never++;
          return;
        }
        const plain = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
        const expected = (plain["f"] as (...args: number[]) => number[])(loop.from, loop.bound);
        expect(expected[0]).toBe(count * (twice ? 2 : 1));
        expect(run(metered, "f", loop.from, loop.bound)).toEqual(expected);
        const instructions = expected[0]! * (4 + 6);
        expect(metered.used()).toBeGreaterThanOrEqual(instructions);
        expect(metered.used()).toBeLessThan(expected[0]! * 32 + 60);
        ended.soon++;
      }),
      { numRuns: 3000, seed: 20_261_126 },
    );
    expect(ended.soon).toBeGreaterThan(1000);
    expect(ended.never).toBeGreaterThan(500);
  }, 60_000);

  const others: Record<string, string> = {
    "the variable is written twice": "(local.set 0 (i32.add (local.get 0) (i32.const 1)))",
    "the bound is written": "(local.set 1 (i32.const 9))",
    "something else leads out": "(br_if 1 (local.get 2))",
    "something else leads back": "(br_if 0 (local.get 2))",
    "a function is called": "(call 0)",
    "the function is left": "(if (local.get 2) (then (return)))",
    "a global is written": "(global.set 0 (i32.const 1))",
    "another loop is in it": "(loop)",
  };
  it.each(Object.entries(others))("are none where %s", (_, statement) => {
    const text = (inner: string): Uint8Array => wat(`(module (global (mut i32) (i32.const 0)) (func (local i32 i32 i32) (block (loop ${inner} (br_if 0 (i32.ne (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (local.get 1)))))))`);
    const found = (bytes: Uint8Array): boolean => {
      const begins = bytes.findIndex((code, index) => code === 0x03 && bytes[index + 1] === 0x40 && bytes[index - 2] === 0x02) + 2;
      return counted(new Reader(bytes), shapes(), begins, bytes.length - 3) !== undefined;
    };
    expect(found(text(""))).toBe(true);
    expect(found(text(statement))).toBe(false);
  });

  it.each([3, 5, -3, 64, 100, 0])("are none where a step is %d", (step) => {
    const code = Uint8Array.from([0x20, 0, 0x41, ...signed(step), 0x6a, 0x22, 0, 0x20, 1, 0x47, 0x0d, 0]);
    expect(counted(new Reader(code), shapes(), 0, code.length)).toBeUndefined();
  });

  it("pay for all of a round, however little is paid ahead elsewhere: what comes in place of its end has no room for a charge", () => {
    const bytes = wat(`(module (func (export "f") (local i32) (loop (block (br_if 0 (i32.const 0)) (nop)) (br_if 0 (i32.ne (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 100))))))`);
    const metered = start(bytes, { rewrite: paying.bind(undefined, 0, 0, 0) });
    run(metered, "f");
    expect(metered.used()).toBeGreaterThanOrEqual(100 * 11);
  });

  it("are charged for 64 rounds at most that are not done", () => {
    const bytes = wat(`(module (memory 1) (func (export "f") (param i32) (loop (i32.store8 (local.get 0) (i32.const 1)) (br_if 0 (i32.ne (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 1000000))))))`);
    const metered = start(bytes);
    expect(() => run(metered, "f", 65_536 - 10)).toThrow("bounds");
    expect(metered.used()).toBeLessThan(65 * 12);
  });
});
