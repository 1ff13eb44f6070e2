import { describe, expect, it } from "vitest";
import { assemble, leb, name } from "./assemble.fixture.ts";
import { harden } from "./index.ts";
import { LOOSE, refusal, run, start, wat } from "./metered.fixture.ts";

/** Of type 0, () -> (). */
const VOID = [0x60, 0, 0];
const times = (count: number, bytes: readonly number[]): number[] => Array.from({ length: count * bytes.length }, (_, index) => bytes[index % bytes.length]!);
/** `f` is the last function, and nothing has parameters or results. */
const code = (...bodies: readonly number[][]): Uint8Array<ArrayBuffer> =>
  assemble({ 1: [VOID], 3: bodies.map(() => [0]), 7: [[...name("f"), 0, bodies.length - 1]], 10: bodies.map((body) => [...body, 0x0b]) });
const LOCAL = [1, 1, 0x7f];
/** local 0 += 1; again while it is less than 2 */
const TWICE = [0x20, 0, 0x41, 1, 0x6a, 0x22, 0, 0x41, 2, 0x48, 0x0d, 0];
/** while (local 1 < 0) local 1 += 1 */
const NO_ROUND = [0x03, 0x40, 0x20, 1, 0x41, 0, 0x49, 0x04, 0x40, 0x20, 1, 0x41, 1, 0x6a, 0x21, 1, 0x0c, 1, 0x0b, 0x0b];

describe("what is charged stands in proportion to the work", () => {
  /** Units for an instruction of the original, at least. */
  const fair: Record<string, [instructions: number, bytes: () => Uint8Array<ArrayBuffer>]> = {
    // What the loops count must not be so much that the counter passes its smallest value and is large again.
    "a function that is called 300,000 times in a row and settles much": [300_000 * 8_000, () => code([...LOCAL, 0x03, 0x40, ...times(3990, [1]), ...TWICE, 0x0b], [0, ...times(300_000, [0x10, 0])])],
    "a loop of 500,000 instructions that runs once, called 10,000 times in a row": [10_000 * 500_000, () => code([0, 0x03, 0x40, ...times(500_000, [1]), 0x0b], [0, ...times(10_000, [0x10, 0])])],
    "a loop that calls what costs a little less than is charged, 1,300,000 times": [1_300_000 * 1000, () => code([0, ...times(1000, [1])], [0, 0x03, 0x40, ...times(1_300_000, [0x10, 0]), 0x0b])],
    "regions, the same": [1_300_000 * 1000, () => code([0, ...times(1000, [1])], [0, ...times(325_000, [0x02, 0x40, 0x0b, 0x10, 0, 0x10, 0, 0x10, 0, 0x10, 0])])],
    "1,000 loops that a variable counts and that do no round, 100 times": [100_000 * 5, () => code([1, 2, 0x7f, 0x03, 0x40, ...times(1000, NO_ROUND), 0x20, 0, 0x41, 1, 0x6a, 0x22, 0, 0x41, 0xe4, 0, 0x48, 0x0d, 0, 0x0b])],
    "a loop of many regions that runs once, called 41 times in a row": [41 * 7000 * 15_000, () => code([0, ...times(1000, [1])], [0, 0x03, 0x40, ...times(7000, [0x41, 1, 0x04, 0x40, ...times(15, [0x10, 0]), 0x0b]), 0x0b], [0, ...times(41, [0x10, 1])])],
    "a loop of many regions that call what settles much": [1200 * 200 * 16_000, () => code([0, 0x03, 0x40, ...times(16_000, [1]), 0x0b], [0, 0x03, 0x40, ...times(1200, [0x41, 1, 0x04, 0x40, ...times(200, [0x10, 0]), 0x0b]), 0x0b])],
    "conditions within each other that call such on the way out": [5000 * 50 * 16_000, () => code([0, 0x03, 0x40, ...times(16_000, [1]), 0x0b], [0, ...times(1000, [1])], [0, ...times(5000, [0x41, 1, 0x04, 0x40, ...times(5, [0x10, 1])]), ...times(5000, [0x0b, ...times(50, [0x10, 0])])])],
  };
  it.each(Object.entries(fair))("%s", (_, [instructions, bytes]) => {
    const metered = start(bytes(), { fuel: 2 ** 45, quantum: 1e9 });
    run(metered, "f");
    expect(metered.used()).toBeGreaterThan(instructions * 0.95);
    expect(metered.used()).toBeLessThan(instructions * 1.1);
  }, 20_000);

  it("regions that recursion comes back to", () => {
    // 4,000 units each behind a block, 300 of them, on the way back from 5,000 calls.
    const body = `(block) ${"(call $n)".repeat(5)}`;
    const bytes = wat(`(module (func $n ${"(nop)".repeat(1000)}) (func $r (param i32) (if (local.get 0) (then (call $r (i32.sub (local.get 0) (i32.const 1))))) ${body.repeat(300)}) (func (export "f") (call $r (i32.const 3000))))`);
    const metered = start(bytes, { fuel: 2 ** 45, quantum: 1e6 });
    run(metered, "f");
    expect(metered.used()).toBeGreaterThan(3000 * 300 * 5000);
  });

  it("what settles much, called on the way back from recursion", () => {
    const bytes = wat(`(module (func $h (loop ${"(nop)".repeat(16_000)})) (func $r (param i32) (if (local.get 0) (then (call $r (i32.sub (local.get 0) (i32.const 1))))) ${"(call $h)".repeat(60)}) (func (export "f") (call $r (i32.const 3000))))`);
    const metered = start(bytes, { fuel: 2 ** 45, quantum: 1e6 });
    run(metered, "f");
    expect(metered.used()).toBeGreaterThan(3000 * 60 * 16_000);
  });

  it("regions that recursion comes back to are looked at: with what loops leave behind, the counter could wrap within the stack of an engine", () => {
    const bytes = wat(`(module (func $down (export "down") (param i32) (if (local.get 0) (then (call $down (i32.sub (local.get 0) (i32.const 1))))) ${`(block) ${"(nop)".repeat(4050)}`.repeat(2)}))`);
    const metered = start(bytes, { fuel: 70_000 });
    expect(() => run(metered, "down", 10)).toThrow("unreachable");
    expect(metered.stopped).toBe(true);
  });

  it("exceptions that pass a function in the middle of a loop", () => {
    const bytes = wat(`(module (tag $e) (func $throws (throw $e)) (func $n ${"(nop)".repeat(1000)})
      (func $l (loop ${"(call $n)".repeat(1000)} (call $throws) (br 0)))
      (func (export "f") (local i32) (loop (try (do (call $l)) (catch_all)) (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br_if 0 (i32.lt_u (local.get 0) (i32.const 200))))))`);
    const metered = start(bytes, { fuel: 2 ** 40, quantum: 1e6 });
    run(metered, "f");
    expect(metered.used()).toBeGreaterThan(200 * 1e6);
    expect(metered.used()).toBeLessThan(200 * 1.2e6);
  });

  it("short loops in a module that catches exceptions are not charged as if they were long", () => {
    const bytes = wat(`(module (tag $e) (func $short (local i32) (loop (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 5))))) (func $calls (local i32) (loop (call $short) (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 5)))))
      (func (export "f") (try (do (call $calls)) (catch_all))))`);
    const metered = start(bytes);
    run(metered, "f");
    expect(metered.used()).toBeLessThan(1000);
  });

  it("an exception is paid once, whoever catches it", () => {
    const bytes = wat(`(module (tag $e) (func (export "f") (local i32) (loop (try (do (throw $e)) (catch_all)) (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 100))))))`);
    const metered = start(bytes);
    run(metered, "f");
    // It takes about a microsecond.
    expect(metered.used()).toBeGreaterThan(100 * 1000);
    expect(metered.used()).toBeLessThan(100 * 1100);
  });

  it("handlers of what was not thrown, which engines try one after another", () => {
    const count = 1000;
    const handlers: Record<string, readonly number[]> = {
      "in one block": [0x06, 0x40, 0x08, 1, ...times(count, [0x07, 0]), 0x19, 0x0b],
      "around each other": [0x06, 0x40, ...times(count, [0x06, 0x40]), 0x08, 1, ...times(count, [0x07, 0, 0x0b]), 0x19, 0x0b],
      "in one table": [0x02, 0x40, 0x1f, 0x40, ...leb(count + 1), ...times(count, [0, 0, 0]), 2, 0, 0x08, 1, 0x0b, 0x0b],
      "in tables around each other": [0x02, 0x40, 0x1f, 0x40, 1, 2, 0, ...times(count, [0x1f, 0x40, 1, 0, 0, 0]), 0x08, 1, ...times(count, [0x0b]), 0x0b, 0x0b],
    };
    for (const [what, body] of Object.entries(handlers)) {
      const bytes = assemble({ 1: [VOID], 3: [[0]], 13: [[0, 0], [0, 0]], 7: [[...name("f"), 0, 0]], 10: [[...LOCAL, 0x03, 0x40, ...body, ...TWICE, 0x0b, 0x0b]] });
      if (!WebAssembly.validate(bytes)) {
        expect(what).toContain("table"); // Node 20 has none
        continue;
      }
      const metered = start(bytes);
      run(metered, "f");
      // It takes them 20 ns each, and 400 where it is thrown once more.
      expect(metered.used()).toBeGreaterThan(2 * count * 100);
    }
  });

  it("the whole way, where an exception or a branch out of several loops cuts it short", () => {
    const much = "(nop)".repeat(1500);
    const ways = {
      "an exception from the middle": [`(try (do (if (local.get 0) (then ${much} (throw $e)))) (catch $e ${much}))`, 1],
      "a branch out of two loops": [`(block (if (i32.eqz (local.get 0)) (then (br 1))) ${much} (loop (loop (br_if 2 (local.get 0)) (br 0)) (br 0))) ${much}`, 0],
    } as const;
    for (const [body, thrown] of Object.values(ways)) {
      const metered = start(wat(`(module (tag $e) (func (export "f") (param i32) ${body}))`));
      run(metered, "f", 1);
      expect(metered.used() - thrown * 1000).toBeGreaterThan(2 * 1500);
      expect(metered.used() - thrown * 1000).toBeLessThan(2 * 1500 + 200);
    }
  });

  it("a thousand values that a loop hands to itself", () => {
    const values = 999;
    const bytes = assemble({ 1: [VOID, [0x60, ...leb(values), ...times(values, [0x7f]), 0]], 3: [[0]], 7: [[...name("f"), 0, 0]], 10: [[...LOCAL, ...times(values, [0x41, 0]), 0x03, 1, 0x20, 0, 0x41, 1, 0x6a, 0x22, 0, 0x20, 0, 0x41, 0xe4, 0, 0x48, 0x0d, 0, ...times(values + 1, [0x1a]), 0x0b, 0x0b]] });
    const metered = start(bytes);
    run(metered, "f");
    expect(metered.used()).toBeGreaterThan((100 * values) / 8);
  });

  it("a pass through a loop of blocks of a thousand values, where nothing is called: at its end there is a look", () => {
    const values = 999;
    const many = [...leb(values), ...times(values, [0x7f])];
    const bytes = assemble({ 1: [VOID, [0x60, ...many, ...many]], 3: [[0]], 7: [[...name("f"), 0, 0]], 10: [[0, ...times(values, [0x41, 0]), 0x03, 1, ...times(100, [0x02, 1, 0x0b]), 0x0b, ...times(values, [0x1a]), 0x0b]] });
    const metered = start(bytes, { fuel: 20_000 });
    // A function may be full of them, 2^29 units: as long as the host has more than 2^24 it takes for granted that those not looked at are less.
    expect(() => run(metered, "f")).toThrow("unreachable");
    expect(metered.stopped).toBe(true);
  });

  it("memories that grow by a page, and tables by an element: engines take up to a millisecond, or move all that is there", () => {
    const again = (grow: string): string => `(func (export "f") (local i32) (loop (drop ${grow}) (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 100)))))`;
    const used = (text: string): number => {
      const metered = start(wat(`(module ${text})`));
      run(metered, "f");
      return metered.used();
    };
    expect(used(`(memory 1) ${again("(memory.grow (i32.const 1))")}`)).toBeGreaterThan(100 * 50_000);
    expect(used(`(table 10000 funcref) ${again("(table.grow (ref.null func) (i32.const 1))")}`)).toBeGreaterThan(100 * 10_000);
  });

  it("memories that may not grow", () => {
    const metered = start(wat(`(module (memory 1) (func (export "f") (local i32) (loop (drop (memory.grow (i32.const 5000))) (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 100))))))`));
    run(metered, "f");
    expect(metered.used()).toBeGreaterThan(100 * 100);
  });
});

describe("what is invalid stays so", () => {
  const one = { 1: [VOID], 3: [[0]], 10: [[0, 0x0b]] };
  const global = (...body: number[]): number[] => [0x7f, 0, ...body, 0x0b];
  const broken: Record<string, Uint8Array<ArrayBuffer>> = {
    // The end of the loop would end the initialiser, and eleven functions nobody charged for be in the table.
    "a loop in the offset of elements": assemble({ 1: [VOID], 3: times(20, [0]).map(() => [0]), 4: [[0x70, 0, 20]], 9: [[0, 0x41, 0, 0x03, 0x40, 0x0b, 0x0b, 9, ...times(9, [11])]], 10: times(20, [0]).map(() => [0, 0x0b]) }),
    "a loop in a global": assemble({ ...one, 6: [global(0x41, 0, 0x03, 0x40, 0x0b)] }),
    "a call in a global": assemble({ ...one, 6: [global(0x10, 0, 0x41, 0)] }),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13].map((id) => [`section ${id} with a byte too many`, assemble({ ...one, 2: [[1, 97, 1, 97, 0, 0]], 4: [[0x70, 0, 1]], 5: [[0, 1]], 6: [global(0x41, 0)], 7: [], 8: [[1]], 9: [], 13: [[0, 0]] }, { [id]: [0x80] })])),
    "a tag of a type that is added": assemble({ ...one, 13: [[0, 1]] }),
    "an imported tag of such a type": assemble({ ...one, 2: [[...name("a"), ...name("b"), 4, 0, 1]] }),
    "a start function that takes something": assemble({ 1: [[0x60, 1, 0x7f, 0]], 3: [[0]], 8: [[0]], 10: [[0, 0x0b]] }),
    "a reference to a function that only the start section names": assemble({ ...one, 8: [[0]], 10: [[0, 0xd2, 0, 0x1a, 0x0b]] }),
    "a memory of more than there are addresses": assemble({ ...one, 5: [[1, 1, ...leb(70_000)]] }),
    "a memory whose maximum is less than its minimum": assemble({ ...one, 5: [[1, 3, 2]] }),
    "a handler outside of all tries": assemble({ 1: [VOID], 3: [[0]], 13: [[0, 0]], 7: [[...name("f"), 0, 0]], 10: [[0, 0x06, 0x40, 0x19, 0x0b, 0x03, 0x40, 0x10, 0, 0x0b, 0x07, 0, 0x0b]] }),
    "a handler of everything, likewise": assemble({ 1: [VOID], 3: [[0]], 13: [[0, 0]], 10: [[0, 0x06, 0x40, 0x19, 0x0b, 0x03, 0x40, 0x10, 0, 0x0b, 0x19, 0x0b]] }),
    "a try outside of all, delegated": assemble({ 1: [VOID], 3: [[0]], 10: [[0, 0x03, 0x40, 0x10, 0, 0x0b, 0x18, 0]] }),
    "an else outside of all conditions": assemble({ ...one, 10: [[0, 0x03, 0x40, 0x0b, 0x05, 0x0b]] }),
  };
  it.each(Object.entries(broken))("%s", (_, bytes) => {
    expect(WebAssembly.validate(bytes)).toBe(false);
    let hardened: Uint8Array<ArrayBuffer>;
    try {
      hardened = harden(bytes, { memory: 2 ** 28, tables: 1000 });
    } catch {
      return expect(refusal(() => harden(bytes, { memory: 2 ** 28, tables: 1000 }))[0]).toBe("bad_module");
    }
    return expect(WebAssembly.validate(hardened)).toBe(false);
  });
});

describe("what is valid stays so", () => {
  it("under caps that are larger than engines allow", () => {
    const bytes = wat(`(module (memory 1) (table 1 funcref))`);
    for (const cap of [2 ** 33, 2 ** 40, Infinity]) expect(WebAssembly.validate(harden(bytes, { memory: cap, tables: cap }))).toBe(true);
  });

  it("as many functions that call themselves as there is room for", () => {
    const count = 340_000;
    const bytes = assemble({ 1: [VOID], 3: times(count, [0]).map(() => [0]), 10: Array.from({ length: count }, (_, index) => [0, 0x10, ...leb(index), 0x0b]) });
    expect(WebAssembly.validate(harden(bytes, LOOSE))).toBe(true);
  }, 30_000);

  it("a function that throws, catches and hands on, in loops, from which exceptions escape", () => {
    const text = `(module (tag $e (param i32)) (func $throws (param i32) (throw $e (local.get 0)))
      (func $middle (param i32) (result i32) (local i32) (loop (result i32) (try (result i32) (do (call $throws (local.get 0)) (i32.const 1)) (catch $e (drop) (try (do (rethrow 1)) (delegate 2)) (i32.const 5)))))
      (func (export "f") (param i32) (result i32) (loop (result i32) (try (result i32) (do (call $middle (local.get 0))) (catch $e (i32.const 1) (i32.add))))))`;
    expect(run(start(wat(text)), "f", 41)).toBe(42);
  });
});

describe("rewriting takes time and space in proportion to the module", () => {
  const large: Record<string, () => Uint8Array<ArrayBuffer>> = {
    "5,000 types of several results, each of a function with a loop": () => {
      const bits = (number: number): number[] => Array.from({ length: 15 }, (_, bit) => 0x7f - ((number >> bit) & 1));
      const count = 5000;
      return assemble({ 1: Array.from({ length: count }, (_, index) => [0x60, 0, 15, ...bits(index)]), 3: Array.from({ length: count }, (_, index) => leb(index)), 10: Array.from({ length: count }, () => [0, 0x03, 0x40, 0x0b, 0x00, 0x0b]) });
    },
    "30,000 functions with 1,000 results": () => assemble({ 1: [[0x60, 0, ...leb(1000), ...times(1000, [0x7f])]], 3: times(30_000, [0]).map(() => [0]), 10: times(30_000, [0]).map(() => [0, 0x03, 0x40, 0x0b, 0x00, 0x0b]) }),
    "a name section that has its functions 100,000 times": () => {
      const section = [...name("name"), ...times(100_000, [1, 1, 0])];
      return joined(assemble({ 1: [VOID], 3: [[0]], 10: [[0, 0x0b]] }), [0, ...leb(section.length), ...section]);
    },
    "5,000 name sections": () => joined(assemble({ 1: [VOID], 3: [[0]], 10: [[0, 0x0b]] }), times(5000, [0, 8, ...name("name"), 1, 1, 0])),
    "150 functions of 1,000 parameters that are called by name, and unnamed": () =>
      assemble({
        1: [VOID, [0x60, ...leb(1000), ...times(1000, [0x7f]), 0]],
        3: [...times(150, [1]), ...times(9, [0])].map((type) => [type]),
        4: [[0x70, 0, ...leb(150)]],
        9: [[0, 0x41, 0, 0x0b, ...leb(150), ...Array.from({ length: 150 }, (_, index) => leb(index)).flat()]],
        10: [...Array.from({ length: 150 }, () => [0, 0x0b]), ...Array.from({ length: 9 }, (_, caller) => [0, 0x00, ...Array.from({ length: 100 }, (_, call) => [0x10, ...leb((caller * 100 + call) % 150)]).flat(), 0x0b])],
      }),
    "4,000 exceptions that are thrown, four times": () => assemble({ 1: [VOID], 3: times(4, [0]).map(() => [0]), 13: [[0, 0]], 10: Array.from({ length: 4 }, () => [0, 0x03, 0x40, 0x0b, 0x00, ...times(4000, [0x08, 0]), 0x0b]) }),
    "a br_table of 1,000,000 labels": () => assemble({ 1: [VOID], 3: [[0]], 10: [[0, 0x03, 0x40, 0x41, 0, 0x0e, ...leb(999_999), ...times(1_000_000, [1]), 0x0b, 0x0b]] }),
    "4,000 loops within each other, four times": () => code(...Array.from({ length: 4 }, () => [0, ...times(4000, [0x03, 0x40]), ...times(4000, [0x0b])])),
    "50,000 functions that call the next": () => assemble({ 1: [VOID], 3: times(50_000, [0]).map(() => [0]), 10: Array.from({ length: 50_000 }, (_, index) => (index < 49_999 ? [0, 0x10, ...leb(index + 1), 0x0b] : [0, 0x0b])) }),
  };
  const joined = (bytes: Uint8Array, more: readonly number[]): Uint8Array<ArrayBuffer> => {
    const all = new Uint8Array(bytes.length + more.length);
    all.set(bytes);
    all.set(more, bytes.length);
    return all;
  };

  it("a module that initialises from 10,000 segments of elements, and no more", () => {
    const from = (count: number): Uint8Array => assemble({ 1: [VOID], 3: [[0]], 4: [[0x70, 0, 0]], 9: [[1, 0, 0]], 10: [[0, 0x00, ...Array.from({ length: count }, (_, index) => [0xfc, 12, ...leb(index), 0]).flat(), 0x0b]] });
    // What stands for each is a function of its own: a kilobyte or two for seven bytes.
    expect(harden(from(9990), LOOSE).length).toBeLessThan(2 ** 20);
    expect(refusal(() => harden(from(10_001), LOOSE))[0]).toBe("bad_module");
  });

  const many = [1, ...leb(40_000), 0x7f];
  const values = times(40_000, [0x41, 0]);
  const thousand = [...leb(1000), ...times(1000, [0x7f])];
  it.each([
    ["blocks, each with the state of 40,000 locals", 838, (count: number) => [...many, ...times(count, [0x02, 0x40, 0x0b]), 0x0b]],
    ["branches, the same", 837, (count: number) => [...many, 0x02, 0x40, ...times(count, [0x41, 0, 0x0d, 0]), 0x0b, 0x0b]],
    ["loops over as many", 25, (count: number) => [...many, ...times(count, [0x03, 0x40, 0x0b]), 0x0b]],
    ["blocks around which 40,000 values wait", 838, (count: number) => [0, ...values, ...times(count, [0x02, 0x40, 0x0b]), ...times(40_000, [0x1a]), 0x0b]],
    ["branches that do not come to code which drops values below those", 837, (count: number) => [0, ...values, 0x02, 0x40, 0x00, ...times(50_000, [0x1a]), 0x0b, ...times(count, [0x02, 0x40, 0x0b]), 0x00, 0x0b]],
    ["calls that hand on 2,000 values", 131, (count: number) => [0, 0x00, ...times(count, [0x10, 1]), 0x0b]],
    ["blocks that hand on 1,000", 260, (count: number) => [0, ...times(count, [0x02, 2, 0x00, 0x0b, ...times(1000, [0x1a])]), 0x0b]],
    ["branches that pass 1,000", 8356, (count: number) => [0, 0x02, 2, 0x00, ...times(count, [0x0d, 0]), 0x0b, 0x00, 0x0b]],
    ["calls while 40,000 wait, which may be references", 6710, (count: number) => [...many, ...times(count, [0x10, 0]), 0x0b]],
    ["reads of a table, which engines call something for", 6710, (count: number) => [...many, ...times(count, [0x41, 0, 0x25, 0, 0x1a]), 0x0b]],
    ["writes of a table, the same", 6710, (count: number) => [...many, 0x00, ...times(count, [0x26, 0]), 0x0b]],
    ["references to functions, the same", 6710, (count: number) => [...many, 0x00, ...times(count, [0xd2, 1, 0x1a]), 0x0b]],
    ["calls whose exceptions a handler catches with 40,000 values", 102, (count: number) => [...many, 0x06, 0x40, ...times(count, [0x10, 0]), 0x19, 0x0b, 0x0b]],
    ["throws, the same", 100, (count: number) => [...many, 0x06, 0x40, 0x00, ...times(count, [0x08, 0]), 0x19, 0x0b, 0x0b]],
    ["memory operations, which are calls when hardened", 102, (count: number) => [...many, 0x06, 0x40, 0x00, ...times(count, [0x40, 0]), 0x19, 0x0b, 0x0b]],
    ["loops", 4096, (count: number) => [0, ...times(count, [0x03, 0x40]), ...times(count, [0x0b]), 0x0b]],
    ["conversions that cannot trap", 4096, (count: number) => [0, ...times(count, [0x43, 0, 0, 0, 0, 0xfc, 0, 0x1a]), 0x0b]],
    ["exceptions that are thrown", 4096, (count: number) => [0, 0x00, ...times(count, [0x08, 0]), 0x0b]],
    ["exceptions of seven values", 512, (count: number) => [0, 0x00, ...times(count, [0x08, 1]), 0x0b]],
    ["handlers of exceptions", 4096, (count: number) => [0, 0x06, 0x40, ...times(count, [0x07, 0]), 0x0b, 0x0b]],
    ["clauses of a table of handlers", 4096, (count: number) => [0, 0x1f, 0x40, ...leb(count), ...times(count, [0, 0, 0]), 0x0b, 0x0b]],
  ])("a function has no more than engines bear: %s", (_, most, body) => {
    const module = (...counts: number[]): Uint8Array =>
      assemble({ 1: [VOID, [0x60, ...thousand, ...thousand], [0x60, 0, ...thousand], [0x60, 7, ...times(7, [0x7f]), 0]], 3: [[0], [1], ...counts.map(() => [0])], 4: [[0x70, 0, 1]], 7: [[...name("f"), 0, 1]], 13: [[0, 0], [0, 3]], 10: [[0, 0x0b], [0, 0x00, 0x0b], ...counts.map(body)] });
    expect(harden(module(most), LOOSE).length).toBeGreaterThan(0);
    expect(refusal(() => harden(module(most + 1), LOOSE))[0]).toBe("unsupported");
    // Not only once, in functions of their own.
    expect(harden(module(most, most), LOOSE).length).toBeGreaterThan(0);
  });

  it("a handler anywhere in a module is one around all that hardening puts one around", () => {
    const module = (...last: number[]): Uint8Array => assemble({ 1: [VOID], 3: [[0], [0]], 10: [[...many, 0x03, 0x40, 0x0b, ...times(300, [0x10, 1]), 0x0b], [0, ...last, 0x0b]] });
    expect(harden(module(), LOOSE).length).toBeGreaterThan(0);
    expect(refusal(() => harden(module(0x06, 0x40, 0x19, 0x0b), LOOSE))[0]).toBe("unsupported");
    expect(refusal(() => harden(module(0x02, 0x40, 0x1f, 0x40, 1, 2, 0, 0x0b, 0x0b), LOOSE))[0]).toBe("unsupported");
  });

  it("four functions of what engines bear, and as much more as there are bytes", () => {
    const body = [...many, ...times(830, [0x02, 0x40, 0x0b]), 0x0b];
    const module = (count: number): Uint8Array => assemble({ 1: [VOID], 3: times(count, [0]).map(() => [0]), 10: Array.from({ length: count }, () => body) });
    expect(harden(module(4), LOOSE).length).toBeGreaterThan(0);
    expect(refusal(() => harden(module(5), LOOSE))[0]).toBe("unsupported");
    // In a custom section.
    expect(harden(joined(module(5), [0, ...leb(65_538), 1, 0x78, ...times(65_536, [0])]), LOOSE).length).toBeGreaterThan(0);
  });

  it("5,000 types, and no more", () => {
    const types = (count: number): Uint8Array => assemble({ 1: times(count, [0]).map(() => VOID) });
    expect(harden(types(5000), LOOSE).length).toBeGreaterThan(0);
    expect(refusal(() => harden(types(5001), LOOSE))[0]).toBe("bad_module");
  });

  it("exceptions of eight values, and no more", () => {
    const thrown = (count: number): Uint8Array => assemble({ 1: [[0x60, count, ...times(count, [0x7b]), 0]], 13: [[0, 0]] });
    expect(harden(thrown(8), LOOSE).length).toBeGreaterThan(0);
    expect(refusal(() => harden(thrown(9), LOOSE))[0]).toBe("bad_module");
  });

  it.each([
    ["300,000 exceptions that are thrown", () => assemble({ 1: [VOID], 3: [[0]], 13: [[0, 0]], 10: [[0, 0x00, ...times(300_000, [0x08, 0]), 0x0b]] })],
    ["100,000 loops within each other", () => code([0, ...times(100_000, [0x03, 0x40]), ...times(100_000, [0x0b])])],
  ])("what is too much is refused as fast: %s", (_, make) => {
    const bytes = make();
    const before = process.cpuUsage();
    expect(refusal(() => harden(bytes, LOOSE))[0]).toBe("unsupported");
    expect(process.cpuUsage(before).user).toBeLessThan(300_000 + bytes.length * 3);
  });

  it.each(Object.entries(large))("%s", (_, make) => {
    const bytes = make();
    const before = process.cpuUsage();
    const hardened = harden(bytes, LOOSE);
    const { user } = process.cpuUsage(before);
    // It should be a tenth of a microsecond a byte; but the machine may be slow, and another test run beside this one.
    expect(user).toBeLessThan(300_000 + bytes.length * 3);
    expect(hardened.length).toBeLessThan(bytes.length * 13 + 4096);
  });
});
