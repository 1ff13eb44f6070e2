import fc from "fast-check";
import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { carried } from "./carry.ts";
import { codeOf } from "./code.ts";
import { movesOf } from "./moves.ts";
import { MOST_ROWS } from "./rows.ts";
import { rowsOf } from "./read-bytes.ts";
import { customSections } from "./sections.ts";
import { readBuilt } from "./read-built.ts";
import { Writer } from "../harden/writer.ts";
import { mapIn, mapOf, mapRows, MOST_MAP } from "./source-map.ts";

const root = new URL("../../../../../guests/", import.meta.url);
const bytes = new Uint8Array(readFileSync(new URL("dist/lines-as.wasm", root)));
const sections = customSections(bytes);
const told = { sections: (name: string) => sections.get(name) };

test("columns are offsets, lines and columns count from 0, and a field alone says nothing", () => {
  const rows = mapRows({ sources: ["a.ts", "b.ts"], mappings: "6JC0QkB,E" });
  expect([156, 157, 158, 159].map((offset) => rows.text(offset))).toEqual([undefined, "b.ts:267:19", "b.ts:267:19", undefined]);
  expect(mapRows('{"sources":["a.ts"],"mappings":"CAAA,EACCA;AAAA"}').text(4)).toBe("a.ts:2:2");
  expect(mapRows({ sources: [null], mappings: "CAAA" }).text(1)).toBeUndefined();
});

test("AssemblyScript's own, in the module", () => {
  const rows = rowsOf(told, codeOf(bytes))!;
  const source = readFileSync(new URL("conformance/as/lines.ts", root), "utf8").split("\n");
  const code = codeOf(bytes);
  const said = new Set(Array.from({ length: code.to - code.from }, (_, at) => rows.text(code.from + at)));
  for (const [index, line] of source.entries()) {
    if (/unreachable\(\)|total \+=|memory\.fill/.test(line)) expect([...said].some((place) => place?.startsWith(`lines.ts:${index + 1}:`))).toBe(true);
  }
});

test("a map of rows says what they say, of the hardened module too", () => {
  const rows = rowsOf(told, codeOf(bytes))!;
  const hardened = carried(rows, movesOf(bytes, { memory: 2 ** 26, tables: 1000 }));
  for (const each of [rows, hardened]) {
    const again = mapRows(mapOf(each));
    expect(again.length).toBeGreaterThan(100);
    for (let row = 0; row < each.length; row++) expect(again.text(each.offset(row))).toBe(each.text(each.offset(row)));
  }
});

test("what is no map throws, for the caller to leave out", () => {
  const refused: unknown[] = ["", "{", "null", "{}", {}, { sources: [], mappings: "!" }, { sources: [], mappings: "CAAAAA" }, { sources: [], mappings: "ggggggggC" }, { sources: [], mappings: "K,F" }, { mappings: "CAAA" }];
  for (const map of refused) expect(() => mapRows(map), JSON.stringify(map)).toThrow();
  expect(() => mapRows({ sources: [], mappings: "C,".repeat(MOST_ROWS + 1) })).toThrow(RangeError);
});

test("an address that holds the map, and none that would have to be fetched", () => {
  expect(mapIn("data:application/json;base64,e30=")).toBe("{}");
  expect(mapIn("data:application/json,%7B%7D")).toBe("{}");
  for (const address of ["./x.wasm.map", "https://example.com/x.map", "file:///etc/passwd", "", "data:"]) expect(mapIn(address)).toBeUndefined();
});

test("a map in a module is read up to a size, and no further", () => {
  const section = (length: number): Uint8Array => new Writer().sized(new TextEncoder().encode('data:application/json,{"sources":["a.c"],"mappings":"CAAA"}'.padEnd(length))).written;
  expect(readBuilt({ sections: () => section(MOST_MAP) }).rows?.text(1)).toBe("a.c:1:1");
  expect(() => readBuilt({ sections: () => section(MOST_MAP + 1) })).toThrow("more than");
});

test("of an address that holds the map no character becomes more than a byte", () => {
  const from = vi.spyOn(Uint8Array, "from");
  expect(mapIn("data:application/json;base64,e30=")).toBe("{}");
  expect(from).not.toHaveBeenCalled(); // it makes a list of numbers first
  from.mockRestore();
});

test("changed maps throw or tell, in time", () => {
  const json = mapIn(new TextDecoder().decode(sections.get("sourceMappingURL")).slice(2))!;
  fc.assert(
    fc.property(fc.nat({ max: json.length - 1 }), fc.nat({ max: 3 }), fc.string({ maxLength: 4 }), (at, less, more) => {
      try {
        const rows = mapRows(json.slice(0, at) + more + json.slice(at + less));
        expect(rows.length).toBeLessThanOrEqual(json.length);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
    { numRuns: 1000, seed: 7 },
  );
});
