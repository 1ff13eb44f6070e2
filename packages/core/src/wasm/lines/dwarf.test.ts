import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Writer } from "../harden/writer.ts";
import { codeOf } from "./code.ts";
import { dwarfRows } from "./dwarf.ts";
import { VERSION_5 } from "./dwarf.fixture.ts";
import { MOST_FILES, MOST_ROWS, type Rows } from "./rows.ts";
import { customSections } from "./sections.ts";

const NOTHING = new Uint8Array(0);
const CODE = { from: 1000, to: 1500 };
const decoded = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const FIVE = { line: decoded(VERSION_5.line), lineStr: decoded(VERSION_5.lineStr), str: NOTHING };

test("version 5, as LLVM itself reads it", () => {
  const rows = dwarfRows(FIVE, { from: 1000, to: 1000 + VERSION_5.size });
  const expected = VERSION_5.rows.trim().split("\n").map((row) => row.split(" ") as [string, string]);
  expect(expected.length).toBeGreaterThan(100);
  for (const [address, place] of expected) expect([address, rows.text(1000 + Number(address)) ?? "none"]).toEqual([address, place]);
});

test("version 4 of a guest: the lines of its source", () => {
  const root = new URL("../../../../../guests/", import.meta.url);
  const bytes = new Uint8Array(readFileSync(new URL("dist/lines-c.wasm", root)));
  const sections = customSections(bytes);
  const rows = dwarfRows({ line: sections.get(".debug_line")!, lineStr: NOTHING, str: sections.get(".debug_str")! }, codeOf(bytes));
  const source = readFileSync(new URL("conformance/c/lines.c", root), "utf8").split("\n");
  const { starts } = codeOf(bytes);
  const said = new Set(Array.from({ length: starts.at(-1)! - starts[0]! }, (_, at) => rows.text(starts[0]! + at)));
  for (const [index, line] of source.entries()) {
    if (/__builtin_trap|total \+=|return byte|while|memset/.test(line)) expect([...said].some((place) => place?.startsWith(`conformance/c/lines.c:${index + 1}:`))).toBe(true);
  }
});

/** A number of so many bytes. */
const le = (value: number, size: number): number[] => Array.from({ length: size }, (_, at) => Math.floor(value / 2 ** (8 * at)) & 255);
const leb = (value: number): number[] => [...new Writer().number(value).written];
const text = (value: string): number[] => [...new TextEncoder().encode(value), 0];
/** To an address; rows follow, and an end. */
const at = (address: number): number[] => [0, 5, 2, ...le(address, 4)];
const END = [0, 1, 1];
const COPY = 1;
const FORWARD = (by: number): number[] => [2, ...leb(by)];

const OLD_FILES = [...text("src"), 0, ...text("a.c"), 1, 0, 0, ...text("b.c"), 0, 0, 0, ...text("/abs.c"), 1, 0, 0, 0];

function unit(version: number, program: readonly number[], { files = OLD_FILES, opcodes = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1], range = 14, step = 1 } = {}): number[] {
  const head = [step, ...(version > 3 ? [1] : []), 1, 0xfb, range, opcodes.length + 1, ...opcodes, ...files];
  const rest = [...le(version, 2), ...(version > 4 ? [4, 0] : []), ...le(head.length, 4), ...head, ...program];
  return [...le(rest.length, 4), ...rest];
}

const read = (...units: number[][]): Rows => dwarfRows({ line: Uint8Array.from(units.flat()), lineStr: Uint8Array.from(text("zero")), str: Uint8Array.from(text("other")) }, CODE);
const places = (rows: Rows, ...addresses: number[]): (string | undefined)[] => addresses.map((address) => rows.text(CODE.from + address));

describe("programs", () => {
  test.each([2, 3, 4])("version %d: files and folders, rows by every kind of instruction", (version) => {
    const rows = read(unit(version, [
      ...at(16), 5, 3, COPY, // a.c:1:3
      13 + 14 * 2 + 6, // two on, one line down
      4, 2, 5, 0, ...FORWARD(10), 3, 0x7f, COPY, // b.c, line 1
      8, 4, 3, 3, 0xe4, 0, COPY, // 17 on, an absolute path, line 101
      9, ...le(3, 2), 6, 7, 10, 11, 12, 1, 3, 0x9c, 0x7f, COPY, // three on, line 1 of it
      ...FORWARD(4), ...END,
    ]));
    expect(places(rows, 15, 16, 17, 18, 27, 28, 44, 45, 47, 48, 51, 52)).toEqual([
      undefined, "src/a.c:1:3", "src/a.c:1:3", "src/a.c:2:3", "src/a.c:2:3", "b.c:1", "b.c:1", "/abs.c:101", "/abs.c:101", "/abs.c:1", "/abs.c:1", undefined,
    ]);
  });

  test("version 5: the folder of the compiler is not told, texts are in three places", () => {
    const files = [1, 1, 8, 2, ...text("/home/me"), ...text("lib"), 3, 1, 0x1f, 2, 0x0b, 5, 0x1e, 2, ...le(0, 4), 0, ...le(0, 16), ...le(0, 4), 1, ...le(0, 16)];
    const rows = read(unit(5, [...at(16), 4, 0, COPY, ...FORWARD(4), 4, 1, COPY, ...FORWARD(4), ...END], { files }));
    expect(places(rows, 16, 20, 24)).toEqual(["zero:1", "lib/zero:1", undefined]);
    const strp = [1, 1, 8, 1, ...text("/"), 4, 1, 0x0e, 2, 0x0f, 3, 0x05, 4, 0x09, 1, ...le(0, 4), 0, ...le(7, 2), 2, 1, 1];
    expect(places(read(unit(5, [...at(16), 4, 0, COPY, ...FORWARD(4), ...END], { files: strp })), 16)).toEqual(["other:1"]);
  });

  test("functions come in any order; one that the linker left out, goes back, or runs into another says nothing", () => {
    const one = (address: number, line: number): number[] => [...at(address), 3, ...leb(line - 1), COPY, ...FORWARD(8), ...END];
    const rows = read(unit(4, [...one(60, 5), ...one(20, 6), ...one(0, 7), ...one(0xffff_ffff, 8), ...one(496, 9), ...one(24, 10), ...at(100), COPY, ...at(90), COPY, ...END, ...one(40, 11)]));
    expect(places(rows, 20, 27, 28, 40, 48, 60, 68, 90, 100, 496, 0)).toEqual(["src/a.c:6", "src/a.c:6", undefined, "src/a.c:11", undefined, "src/a.c:5", undefined, undefined, undefined, undefined, undefined]);
  });

  test("line 0 and files that are not there are no place", () => {
    const rows = read(unit(4, [...at(16), COPY, ...FORWARD(2), 3, 0x7f, COPY, ...FORWARD(2), 3, 1, 4, 9, COPY, ...FORWARD(2), ...END]));
    expect(places(rows, 16, 18, 20)).toEqual(["src/a.c:1", undefined, undefined]);
  });

  test("fewer standard instructions, and ones that nobody knows", () => {
    const rows = read(unit(4, [...at(16), COPY, 10 + 14 * 2 + 5, ...END], { opcodes: [0, 1, 1, 1, 1, 0, 0, 0, 1] }), unit(4, [...at(30), 13, 1, 2, COPY, ...FORWARD(1), ...END], { opcodes: [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, 2] }));
    expect(places(rows, 16, 18, 30)).toEqual(["src/a.c:1", undefined, "src/a.c:1"]);
  });
});

test("a broken unit says nothing, and those behind it do", () => {
  const whole = (address: number): number[] => unit(4, [...at(address), COPY, ...FORWARD(4), ...END]);
  const broken = [
    unit(1, []), unit(6, []), unit(4, [...at(60), COPY], { range: 0 }), unit(4, [...at(60), COPY]), unit(4, [...at(60), COPY, 0, 200, 1]), unit(4, [...at(60), COPY, 2, 128]),
    unit(5, [...at(60), COPY, ...END], { files: [0, ...leb(2 ** 31), 0, 0] }), unit(5, [...at(60), COPY, ...END], { files: [1, 1, 0x77, 1, 0, 0, 0] }), [3, 0, 0, 0, 4, 0, 0], [0, 0, 0, 0],
  ];
  for (const one of broken) expect(places(read(whole(16), one, whole(30)), 16, 20, 30, 60)).toEqual(["src/a.c:1", undefined, "src/a.c:1", undefined]);
  expect(places(read(whole(16), [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0], whole(30)), 16, 30)).toEqual(["src/a.c:1", undefined]);
});

describe("hostile", () => {
  test("paths are printed, cut, and not without bound", () => {
    const named = (name: string): string | undefined => read(unit(4, [...at(16), COPY, ...FORWARD(4), ...END], { files: [0, ...text(name), 0, 0, 0, 0] })).text(CODE.from + 16);
    expect(named("a\n\u001b[31m\u202eb.c")).toBe("a\uFFFD\uFFFD[31m\uFFFDb.c:1");
    expect(named(`${"x".repeat(500)}.c`)).toBe(`…${"x".repeat(253)}.c:1`);
    expect(named("x".repeat(600))).toBeUndefined();
  });

  test("files are not read without bound, whatever their number", () => {
    const many = 60_000;
    const long = new Uint8Array(511).fill(0xad);
    for (let at = 0; at < 510; at += 2) long[at] = 0xc2;
    long[510] = 0;
    const program = [...at(1)];
    for (let file = 1; file <= many; file++) program.push(4, ...leb(file), COPY);
    const files = [1, 1, 0x1f, 1, ...le(0, 4), 1, 1, 0x1f, ...leb(9999), ...Array.from({ length: 9999 * 4 }, () => 0)];
    let reads = 0;
    const lineStr = new Proxy(long, { get: (target, key) => {
      if (key === "subarray") reads++;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    } });
    // In several units, because each has numbers of its own.
    const units = Array.from({ length: 4 }, () => unit(5, [...program, ...FORWARD(1), ...END], { files })).flat();
    dwarfRows({ line: Uint8Array.from(units), lineStr, str: NOTHING }, CODE);
    expect(reads).toBeGreaterThan(1000);
    expect(reads).toBeLessThan(20_000);
  });

  test.each([4, 5])("version %d: tables of more files than there can be say nothing", (version) => {
    const table = (count: number): number[] =>
      version === 5 ? [1, 1, 8, 1, 97, 0, 1, 1, 8, ...leb(count), ...Array.from({ length: count }, () => [97, 0]).flat()] : [0, ...Array.from({ length: count }, () => [97, 0, 0, 0, 0]).flat(), 0];
    const named = (files: number[]): string | undefined => places(read(unit(version, [...at(16), COPY, ...FORWARD(4), ...END], { files })), 16)[0];
    expect(named(table(MOST_FILES))).toBe("a:1");
    expect(named(table(MOST_FILES + 1))).toBeUndefined();
    if (version < 5) expect(named([...Array.from({ length: MOST_FILES + 1 }, () => [97, 0]).flat(), 0, 97, 0, 0, 0, 0, 0])).toBeUndefined();
  });

  test("rows end somewhere", () => {
    const many = [...at(16), COPY, ...Array.from({ length: 2 ** 18 }, () => 13 + 6)];
    const all = unit(4, [...many, ...FORWARD(4), ...END]);
    const line = new Uint8Array(all.length * 9);
    for (let index = 0; index < 9; index++) line.set(all, index * all.length);
    const rows = dwarfRows({ line, lineStr: NOTHING, str: NOTHING }, CODE);
    expect(rows.length).toBeLessThanOrEqual(MOST_ROWS);
  });

  test("a million units of nothing take no time", () => {
    const begun = performance.now();
    expect(dwarfRows({ line: new Uint8Array(4_000_000), lineStr: NOTHING, str: NOTHING }, CODE).length).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  test("changed bytes never throw", () => {
    const change = fc.record({ where: fc.constantFrom("line", "lineStr"), at: fc.nat(), less: fc.nat({ max: 2 }), more: fc.array(fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(0, 1, 2, 127, 128, 255)), { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const texts = { ...FIVE };
        for (const { where, at: place, less, more } of changes) texts[where as "line"] = Uint8Array.from([...texts[where as "line"]].toSpliced(place % texts[where as "line"].length, less, ...more));
        const rows = dwarfRows(texts, { from: 1000, to: 1000 + VERSION_5.size });
        let last = -1;
        for (let row = 0; row < rows.length; row++) {
          expect(rows.offset(row)).toBeGreaterThan(last);
          last = rows.offset(row);
        }
        expect(last).toBeLessThanOrEqual(1000 + VERSION_5.size);
      }),
      { numRuns: 2000, seed: 7 },
    );
  }, 30_000);
});
