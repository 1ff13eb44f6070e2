import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { harden } from "../harden/index.ts";
import { wat } from "../harden/metered.fixture.ts";
import { Writer } from "../harden/writer.ts";
import { codeOf } from "./code.ts";
import { movesOf } from "./moves.ts";
import { carryingLines } from "./carry-in.ts";
import { ModuleLines } from "./module-lines.ts";
import { placedFrames } from "./placed-frames.ts";
import { readBuilt } from "./read-built.ts";
import { readBytes } from "./read-bytes.ts";

const guest = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(`../../../../../guests/dist/${name}.wasm`, import.meta.url)));
const POLICY = { memory: 2 ** 26, tables: 1000 };
const TICK = { isopod: { tick: () => 1e9 } };
const NOBODY = {};

/** The stack of an operation's trap in this engine. */
function stackOf(module: WebAssembly.Module, op: string, length: number): string {
  const { exports } = new WebAssembly.Instance(module, { ...TICK, env: { abort: () => {} } });
  const run = exports as Record<string, (...args: number[]) => unknown>;
  try {
    run[op]!(run["malloc"]!(length + 1), length);
  } catch (error) {
    return (error as Error).stack!;
  }
  return expect.unreachable();
}

const bytes = guest("lines-c");
const SUM = ["digit (conformance/c/lines.c:10:5)", "sum (conformance/c/lines.c:17:14)", "packed_sum (conformance/c/lines.c:22:28)"];

test("of a module as it was, and hardened", () => {
  expect(placedFrames(stackOf(new WebAssembly.Module(bytes), "sum", 3), [new ModuleLines(readBytes, NOBODY, 0, undefined, bytes)])).toEqual(SUM);
  const hardened = new WebAssembly.Module(harden(bytes, POLICY));
  const lines = new ModuleLines(readBytes, hardened, 0, undefined, bytes, POLICY);
  expect(placedFrames(stackOf(hardened, "sum", 3), [lines])).toEqual(SUM);
  expect(placedFrames(stackOf(hardened, "fill", 3), [lines])).toEqual(["packed_fill (conformance/c/lines.c:41:3)"]);
});

test("of a compiled module that was built with its lines, and of one that was not", () => {
  const built = new WebAssembly.Module(carryingLines(bytes, POLICY));
  for (const read of [readBytes, readBuilt]) expect(placedFrames(stackOf(built, "sum", 3), [new ModuleLines(read, built, 0, undefined)])).toEqual(SUM);
  // The application's map is of the module as it was.
  expect(placedFrames(stackOf(built, "sum", 3), [new ModuleLines(readBytes, built, 0, { sources: ["wrong"], mappings: "AAAA" })])).toEqual(SUM);
  const plain = new WebAssembly.Module(harden(bytes, POLICY));
  expect(placedFrames(stackOf(plain, "sum", 3), [new ModuleLines(readBytes, plain, 0, undefined)])).toEqual(["digit", "sum", "packed_sum"]);
  expect(new Uint8Array(carryingLines(guest("packed-wat"), POLICY, "x"))).toEqual(harden(guest("packed-wat"), POLICY, "x"));
});

test("an application's own map, of bytes and of a module", () => {
  const as = guest("lines-as");
  const module = new WebAssembly.Module(as);
  const map = { sources: ["mine.ts"], mappings: "AAgCO" };
  for (const lines of [new ModuleLines(readBytes, module, 1, map), new ModuleLines(readBytes, module, 1, JSON.stringify(map), as)]) {
    expect(placedFrames(stackOf(module, "mean", 0), [lines])).toEqual(["lines/mean (mine.ts:33:8)"]);
  }
});

/** A map in it says of all its code that it is of a file's first line. */
function withMap(module: Uint8Array, mappings: string): Uint8Array<ArrayBuffer> {
  const address = new TextEncoder().encode(`data:application/json,{"sources":["a.c"],"mappings":"${mappings}"}`);
  const section = new Writer().name("sourceMappingURL").sized(address);
  return new Writer().copy(module).put(0).sized(section.written).written.slice();
}

describe("whose frame it is", () => {
  const other = wat('(module (func $digit unreachable) (func (export "x") call $digit))');
  const line = (inside: string): string => `Error\n    at ${inside}`;
  const ours = stackOf(new WebAssembly.Module(bytes), "sum", 3).split("\n")[1]!;
  const lines = [new ModuleLines(readBytes, NOBODY, 0, undefined, bytes), new ModuleLines(readBytes, NOBODY, 0, undefined, other)];

  test("that of the module whose code is there, by that name", () => {
    expect(placedFrames(ours, lines)).toEqual([SUM[0]]);
    expect(placedFrames(ours.replace("out.wasm.digit", "other"), lines)).toEqual(["other"]);
    expect(placedFrames(ours.replace(/0x\w+/, "0x999999"), lines)).toEqual(["out.wasm.digit"]);
    expect(placedFrames(ours.replace(/\[\d+\]/, "[1]"), lines)).toEqual(["out.wasm.digit"]);
  });

  test("where the engine numbers none, its place does", () => {
    expect(placedFrames(ours.replace(/\[\d+\]/, "[0]"), lines)).toEqual([SUM[0]]);
  });

  test("of two with code there, of which one tells nothing of its lines, nobody's", () => {
    const told = withMap(wat(`(module (func) (func unreachable) (func ${"nop ".repeat(60)}))`), "CAAA");
    const silent = wat("(module (func) (func unreachable))");
    const { starts } = codeOf(silent);
    for (const policy of [undefined, POLICY]) {
      const both = [told, silent].map((bytes) => new ModuleLines(readBytes, NOBODY, 0, undefined, bytes, policy, true));
      const shift = policy ? movesOf(silent, policy).starts[1]! - starts[1]! : 0;
      const frame = (index: number, offset: number): string => line(`wasm://wasm/a1:wasm-function[${index + (policy ? 1 : 0)}]:0x${(offset + shift).toString(16)}`);
      expect(placedFrames(frame(1, starts[1]! + 1), both)).toEqual(["function 1"]);
      expect(placedFrames(frame(1, starts[1]! + 1), both.toReversed())).toEqual(["function 1"]);
      expect(placedFrames(frame(2, starts[2]! + 20), both)).toEqual(["function 2 (a.c:1:1)"]);
    }
    // Of a module that was compiled already nobody knows where its code is, but what it calls its own.
    const compiled = (bytes: Uint8Array<ArrayBuffer>): ModuleLines => new ModuleLines(readBytes, new WebAssembly.Module(bytes), 0, undefined, undefined, undefined, true);
    expect(placedFrames(line(`wasm://wasm/a1:wasm-function[1]:0x${(starts[1]! + 1).toString(16)}`), [compiled(told), compiled(silent)])).toEqual(["function 1"]);
  });

  test("one whose lines are broken has code all the same", () => {
    const [told, broken] = ["CAAA", "!"].map((mappings) => new ModuleLines(readBytes, NOBODY, 0, undefined, withMap(wat("(module (func) (func unreachable))"), mappings), undefined, true));
    const frame = line("wasm://wasm/a1:wasm-function[1]:0x1b");
    expect(placedFrames(frame, [told!])).toEqual(["function 1 (a.c:1:1)"]);
    expect(placedFrames(frame, [told!, broken!])).toEqual(["function 1"]);
  });

  test("a long name is known by all of it, and shown in part", () => {
    const long = "n".repeat(300);
    const names = new Writer().name("name").put(1).sized(new Writer().put(1, 1).name(long).written);
    const module = new Writer().copy(withMap(wat("(module (func) (func unreachable))"), "CAAA")).put(0).sized(names.written).written;
    const frame = (name: string): string[] => placedFrames(line(`${name} (wasm://wasm/a1:wasm-function[1]:0x1b)`), [new ModuleLines(readBytes, NOBODY, 0, undefined, module)]);
    expect(frame(long)).toEqual([`${"n".repeat(256)} (a.c:1:1)`]);
    expect(frame(long.slice(1))).toEqual(["n".repeat(256)]);
  });

  test("where it may be of two, nobody's", () => {
    const twice = [lines[0]!, new ModuleLines(readBytes, NOBODY, 0, undefined, bytes)];
    expect(placedFrames(ours, twice)).toEqual(["out.wasm.digit"]);
  });

  test("without offsets, or of no guest, as ever", () => {
    expect(placedFrames(line("<?>.wasm-function[digit]@[wasm code]"), lines)).toEqual(["digit"]);
    expect(placedFrames(line("run (file:///app.js:1:2)"), lines)).toEqual([]);
    expect(placedFrames(`${ours}\n`.repeat(100), lines)).toHaveLength(16);
  });
});

test("what is no map beside a module does not stand before what the module tells", () => {
  for (const none of ["a map of the linker's", "{}", "null", { mappings: "!" }]) {
    const built = new WebAssembly.Module(carryingLines(bytes, POLICY, "", none));
    expect(placedFrames(stackOf(built, "sum", 3), [new ModuleLines(readBuilt, built, 0, undefined)])).toEqual(SUM);
    expect(placedFrames(stackOf(new WebAssembly.Module(bytes), "sum", 3), [new ModuleLines(readBytes, NOBODY, 0, none, bytes)])).toEqual(SUM);
  }
});

describe("broken", () => {
  const stack = stackOf(new WebAssembly.Module(bytes), "sum", 3);
  const NAMES = /^(?:out\.wasm\.)?(?:digit|sum|packed_sum)/;

  test("bytes that are no module, names that are none, maps that are none", () => {
    expect(placedFrames(stack, [new ModuleLines(readBytes, NOBODY, 0, undefined, Uint8Array.of(1, 2, 3))])).toHaveLength(3);
    for (const map of ["{", 5, null, { mappings: 7 }, { get mappings() { throw new Error("no"); } }]) {
      for (const frame of placedFrames(stack, [new ModuleLines(readBytes, NOBODY, 0, map, bytes)])) expect(frame).toMatch(NAMES);
    }
  });

  test("any byte behind the code changed: the same functions, with lines or without", () => {
    const custom = bytes.length - 4000;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 3999 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 }), (changes) => {
        const changed = bytes.slice();
        for (const [at, byte] of changes) changed[custom + at] = byte;
        expect(placedFrames(stack, [new ModuleLines(readBytes, NOBODY, 0, undefined, changed)])).toHaveLength(3);
        expect(placedFrames(stack, [new ModuleLines(readBytes, NOBODY, 0, undefined, changed, POLICY)])).toHaveLength(3);
      }),
      { numRuns: 1000, seed: 7 },
    );
  }, 30_000);
});

test("of a function that calls itself and is written several times", () => {
  const down = wat(`(module (func $unused) (func $down (export "down") (param i32) (if (i32.eqz (local.get 0)) (then (unreachable))) (call $down (i32.sub (local.get 0) (i32.const 1)))))`);
  const hardened = new WebAssembly.Module(harden(down, POLICY));
  const lines = new ModuleLines(readBytes, hardened, 0, { sources: ["mine.ts"], mappings: "AAgCO" }, down, POLICY);
  for (const depth of [0, 1, 2, 3, 4]) {
    try {
      (new WebAssembly.Instance(hardened, TICK).exports as Record<string, (depth: number) => void>)["down"]!(depth);
      expect.unreachable();
    } catch (error) {
      expect(placedFrames((error as Error).stack!, [lines])).toEqual(Array.from({ length: depth + 1 }, () => "function 1 (mine.ts:33:8)"));
    }
  }
});
