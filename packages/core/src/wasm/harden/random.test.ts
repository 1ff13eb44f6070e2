import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assemble, leb, name } from "./assemble.fixture.ts";
import { Edits } from "./edits.ts";
import { LOOSE, paying, run, start, type Metered } from "./metered.fixture.ts";
import { understand } from "./understand.ts";

/**
 * Random structured functions (i32, i32) -> (i32): four locals beside the parameters, the last of which bounds all
 * loops, so that each ends. A statement leaves the stack as it was, an expression pushes an i32.
 */
type Code = readonly number[];
/** Where a label leads without a value, if a branch may take it. */
type Label = "on" | "back" | "value";
/** The labels that are around, from the innermost, and how many functions before this one may be called. */
interface Place {
  readonly labels: readonly Label[];
  readonly callable: number;
}
const COUNTER = 4;
const FUEL = 5;
/** Instructions that count themselves, few enough for short loops. */
const MARK = 8;
const MARKED: Code = [0x23, 1, 0x41, 1, 0x6a, 0x24, 1, ...Array.from({ length: MARK - 4 }, () => 0x01)];
const TYPE = { binary: 0, hand: 1, none: 2 };

const byte = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most });
const joined = (...parts: fc.Arbitrary<Code>[]): fc.Arbitrary<Code> => fc.tuple(...parts).map((codes) => codes.flat());
const fixed = (...code: number[]): fc.Arbitrary<Code> => fc.constant(code);

function expression(level: number, place: Place): fc.Arbitrary<Code> {
  const leaf = fc.oneof(byte(63).map((value): Code => [0x41, value]), byte(3).map((index): Code => [0x20, index]), fixed(0x23, 0), fixed(0x3f, 0));
  if (level === 0) return leaf;
  const inner = expression(level - 1, place);
  // It may stand anywhere, so that no label from outside is in it.
  const deeper: Place = { ...place, labels: ["value"] };
  return fc.oneof(
    leaf,
    joined(inner, inner, fc.constantFrom(0x6a, 0x6b, 0x6c, 0x6d, 0x70, 0x71, 0x73, 0x74, 0x76, 0x48, 0x4b).map((code): Code => [code])),
    joined(inner, fixed(0x41, 63, 0x71, 0x28, 0, 0)),
    // A block that is left with a value, in the middle or at its end.
    joined(fixed(0x02, 0x7f), statements(level - 1, deeper), inner, inner, fixed(0x0d, 0, 0x0b)),
    joined(inner, fixed(0x04, 0x7f), statements(level - 1, deeper), inner, fixed(0x05), inner, fixed(0x0b)),
    // A loop that is handed a value each time.
    joined(inner, fixed(0x03, TYPE.hand), statements(level - 1, deeper), inner, fixed(0x6a, ...again(0), 0x0b)),
    ...(place.callable > 0
      ? [
          joined(inner, inner, byte(place.callable - 1).map((callee): Code => [0x10, callee])),
          joined(inner, inner, inner, fixed(0x41, 7, 0x71, 0x11, TYPE.binary, 0)),
          joined(fixed(0x06, 0x7f), inner, inner, byte(place.callable - 1).map((callee): Code => [0x10, callee, 0x07, 0, 0x0b])),
        ]
      : []),
  );
}

function within(place: Place, ...labels: Label[]): Place {
  return { ...place, labels: [...labels, ...place.labels] };
}

/** Pushes whether there is fuel left, and takes one. */
const fuelled: Code = [0x20, FUEL, 0x41, 1, 0x6b, 0x22, FUEL, 0x41, 0, 0x4a];

/** Back to this label, as long as there is fuel. */
function again(label: number): number[] {
  return [...fuelled, 0x0d, label];
}

/** To any of the labels that are around, on a condition; or always, with code behind that nothing comes to. */
function branches(value: fc.Arbitrary<Code>, body: fc.Arbitrary<Code>, { labels }: Place): fc.Arbitrary<Code>[] {
  const of = (label: Label): number[] => labels.flatMap((one, index) => (one === label ? [index] : []));
  const [on, back] = [of("on"), of("back")];
  const some: fc.Arbitrary<Code>[] = [joined(fixed(0x06, 0x40), body, byte(labels.length - 1).map((label): Code => [0x18, label]))];
  if (back.length > 0) some.push(fc.constantFrom(...back).map(again));
  if (on.length === 0) return some;
  const forward = fc.constantFrom(...on);
  const any = fc.array(fc.constantFrom(...on, ...back), { maxLength: 4 });
  some.push(joined(value, forward.map((label): Code => [0x0d, label])), joined(value, fixed(0x04, 0x40), forward.map((label): Code => [0x0c, label + 1]), body, fixed(0x0b)));
  some.push(joined(fixed(0x02, 0x40), value, fixed(0x41, 63, ...fuelled, 0x1b), fc.tuple(any, forward).map(([table, label]): Code => [0x0e, table.length, ...[...table, label].map((to) => to + 1)]), body, fixed(0x0b)));
  return some;
}

function statements(level: number, place: Place): fc.Arbitrary<Code> {
  if (level <= 0) return fixed(0x01);
  return fc.array(statement(level, place), { maxLength: 3 }).map((codes) => [...MARKED, ...codes.flat()]);
}

function statement(level: number, place: Place): fc.Arbitrary<Code> {
  const value = expression(level - 1, place);
  const body = statements(level - 1, within(place, "on"));
  const round = statements(level - 1, within(place, "back"));
  return fc.oneof(
    joined(value, byte(3).map((index): Code => [0x21, index])),
    joined(value, fixed(0x24, 0)),
    joined(value, fixed(0x41, 63, 0x71), value, fixed(0x36, 0, 0)),
    joined(fixed(0x02, 0x40), body, value, fixed(0x0d, 0), body, fixed(0x0b)),
    joined(value, fixed(0x04, 0x40), body, fixed(0x05), body, fixed(0x0b)),
    joined(fixed(0x03, 0x40), round, fixed(...again(0), 0x0b)),
    ...branches(value, body, place),
    // A loop that a variable counts, with a condition in it.
    joined(fixed(0x41, 0, 0x21, COUNTER, 0x03, 0x40), expression(0, place), fixed(0x04, 0x40, 0x01, 0x05, 0x01, 0x01, 0x0b, 0x20, COUNTER, 0x41, 1, 0x6a, 0x22, COUNTER, 0x41, 9, 0x49, 0x0d, 0, 0x0b)),
    // A very short loop within another, left in the middle, for the outer one's next round or for what follows both.
    joined(fixed(0x02, 0x40, 0x03, 0x40, 0x03, 0x40), expression(0, place), fixed(0x0d, 2), expression(0, place), fixed(0x04, 0x40, ...again(2), 0x0b, ...again(0), 0x0b, ...again(0), 0x0b, 0x0b)),
    // To one of three labels: out of a block, once more around, on.
    joined(fixed(0x02, 0x40, 0x03, 0x40, 0x02, 0x40), value, fixed(0x0e, 2, 0, 2, 0, 0x0b), statements(level - 1, within(place, "back", "on")), fixed(...again(0), 0x0b, 0x0b)),
    joined(value, fixed(0x04, 0x40), value, fixed(0x0f, 0x0b)),
    joined(value, fixed(0x04, 0x40), value, fixed(0x08, 0, 0x0b)),
    joined(fixed(0x06, 0x40), body, fixed(0x07, 0, 0x24, 0, 0x19), body, fixed(0x0b)),
    joined(fixed(0x41, 0), value, value, fixed(0x41, 0xff, 0x00, 0x71, 0xfc, 11, 0)),
    joined(fixed(0x41, 0, 0x41, 20), value, fixed(0x41, 0xff, 0x00, 0x71, 0xfc, 10, 0, 0)),
    ...(place.callable > 0 ? [joined(value, fixed(0x04, 0x40), value, value, byte(place.callable - 1).map((callee): Code => [0x12, callee, 0x0b]))] : []),
  );
}

const body = (callable: number): fc.Arbitrary<Code> => joined(statements(3, { labels: ["value"], callable }), expression(2, { labels: ["value"], callable }));

/** Functions that call those before them; the last is exported. */
const modules = fc.tuple(body(0), body(1), body(2), body(3)).map((bodies) =>
  assemble({
    1: [[0x60, 2, 0x7f, 0x7f, 1, 0x7f], [0x60, 1, 0x7f, 1, 0x7f], [0x60, 1, 0x7f, 0]],
    3: bodies.map(() => [TYPE.binary]),
    4: [[0x70, 0, 4]],
    5: [[1, 1, 1]],
    13: [[0, TYPE.none]],
    6: [[0x7f, 1, 0x41, 0, 0x0b], [0x7f, 1, 0x41, 0, 0x0b]],
    7: [[...name("f"), 0, bodies.length - 1], [...name("m"), 2, 0], [...name("marks"), 3, 1]],
    // The first, which calls none: where a stack ends, depends on who looks how often at what is left.
    9: [[0, 0x41, 0, 0x0b, 2, 0, 0]],
    // Each call begins with a little fuel for its loops.
    10: bodies.map((code) => [1, ...leb(4), 0x7f, 0x41, 5, 0x21, FUEL, ...code, 0x0b]),
  }),
);

function outcome(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return error.message;
    return Object.prototype.toString.call(error);
  }
}

function memory(exports: Record<string, WebAssembly.ExportValue>): Uint8Array {
  return new Uint8Array((exports["m"] as WebAssembly.Memory).buffer, 0, 512);
}

describe("random modules", () => {
  const runs = { numRuns: 150, seed: 20_261_126 };
  const many = { ...runs, numRuns: 800 };

  it("give the same, hardened, whatever the quantum, and are charged the same", () => {
    let returned = 0;
    fc.assert(
      fc.property(modules, byte(50), byte(50), (bytes, first, second) => {
        const plain = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
        const expected = outcome(() => (plain["f"] as (...args: number[]) => unknown)(first, second));
        const used = [1, 50, 1e6].map((quantum) => {
          const metered = start(bytes, { quantum });
          expect(outcome(() => run(metered, "f", first, second))).toEqual(expected);
          expect(memory(metered.exports)).toEqual(memory(plain));
          return metered.used();
        });
        expect(new Set(used).size).toBe(1);
        expect(used[0]).toBeGreaterThan(0);
        if (typeof expected === "number") returned++;
      }),
      runs,
    );
    expect(returned).toBeGreaterThan(runs.numRuns / 3);
  }, 30_000);

  it("never pay less ahead than what is done", () => {
    let more = 0;
    let marked = 0;
    fc.assert(
      fc.property(modules, byte(50), byte(50), byte(40), byte(40), byte(40), (bytes, first, second, ...ahead) => {
        const [exact, little, usual] = [[0, 0, 0] as const, ahead, undefined].map((units) => {
          const metered = start(bytes, units && { rewrite: paying.bind(undefined, ...units) });
          const answer = outcome(() => run(metered, "f", first, second));
          return { answer, used: metered.used(), done: (metered.exports["marks"] as WebAssembly.Global).value * MARK };
        }) as [Used, Used, Used];
        expect([little.answer, usual.answer]).toEqual([exact.answer, exact.answer]);
        if (typeof exact.answer !== "number") return; // a trap ends all, and short loops have not settled
        expect(exact.used).toBeGreaterThan(exact.done);
        if (exact.done > exact.used / 4) marked++;
        expect(little.used).toBeGreaterThanOrEqual(exact.used);
        expect(usual.used).toBeGreaterThanOrEqual(exact.used);
        if (usual.used > exact.used && little.used !== usual.used) more++;
      }),
      many,
    );
    expect(more).toBeGreaterThan(many.numRuns / 5);
    expect(marked).toBeGreaterThan(many.numRuns / 10);
  }, 30_000);

  it("stop exactly when more was charged than there is", () => {
    let stopped = 0;
    fc.assert(
      fc.property(modules, byte(50), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 2000 }), (bytes, first, part, quantum) => {
        const free = start(bytes);
        const expected = outcome(() => run(free, "f", first, 3));
        const used = free.used();
        const enough = start(bytes, { fuel: used, quantum });
        expect(outcome(() => run(enough, "f", first, 3))).toEqual(expected);
        expect(enough.left()).toBe(0);
        const less = start(bytes, { fuel: Math.floor((used - 1) * part), quantum });
        const ended = outcome(() => run(less, "f", first, 3));
        if (!out(less)) expect(ended).toEqual(expected); // what was thrown leaves before the host has looked
        else stopped++;
      }),
      runs,
    );
    expect(stopped).toBe(runs.numRuns);
  }, 30_000);

  it("are known to leave one value on the stack", () => {
    fc.assert(
      fc.property(modules, (bytes) => {
        const { height } = understand(bytes, LOOSE, new Edits(bytes.length)).scan.labels;
        expect(height).toBe(1);
      }),
      runs,
    );
  }, 30_000);
});

interface Used {
  readonly answer: unknown;
  readonly used: number;
  /** Instructions that have counted themselves. */
  readonly done: number;
}

/** More was charged than there was. */
function out(metered: Metered): boolean {
  return metered.stopped || metered.left() < 0;
}
