import { readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { rules, validate, validateBytes, validateMany } from "./oracle.ts";
import * as edges from "./oracle/testing/edges.ts";
import { altered, damaged, jumbled } from "./oracle/testing/mutated.ts";
import { Plugin } from "./oracle/testing/plugin.ts";
import { tabled } from "./oracle/testing/tables.ts";

// Some seconds of work on an idle machine; a busy one may take its time.
vi.setConfig({ testTimeout: 60_000 });

const file = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

const text = file("records.jsonl");
const records = text.trimEnd().split("\n");

let plugin: Plugin;
beforeAll(() => {
  plugin = new Plugin();
});

describe("the file of records", () => {
  test("gets the same verdicts from both, one by one and as a batch", () => {
    expect(records).toHaveLength(4000);
    const verdicts = records.map(validate);
    expect(records.map((record) => plugin.call("validate", record))).toEqual(verdicts);
    expect(plugin.call("validateMany", text)).toBe(verdicts.map((verdict) => `${verdict}\n`).join(""));
    expect(validateMany(text)).toBe(plugin.call("validateMany", text));
  });

  test("is wrong in exactly a fifth", () => {
    const refused = records.filter((record) => validate(record).startsWith('{"ok":false'));
    expect(refused).toHaveLength(records.length / 5);
  });
});

test("both say the same of what is supported", () => {
  expect(plugin.call("rules", "")).toBe(rules());
});

const examples = [...file("RULES.md").matchAll(/^\| `(.+)` \| `(\{"ok":.+\})` \|$/gm)].map(([, record, verdict]) => ({ record: record!, verdict: verdict! }));

test.each(examples)("the example $record", ({ record, verdict }) => {
  expect([validate(record), plugin.call("validate", record)]).toEqual([verdict, verdict]);
});

const refused = (record: string): string => `{"ok":false,"errors":{"record":"${record}"},"normal":{}}`;
const wrong = (errors: Record<string, string>): string => JSON.stringify({ ok: false, errors, normal: {} });
const NOTHING = '{"ok":true,"normal":{}}';
const nested = (depth: number): string => `{"x":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
const email = (local: number, domain: number): string => JSON.stringify({ email: `${"l".repeat(local)}@${`${"d".repeat(60)}.`.repeat(9).slice(0, domain - 3)}.de` });

test.each<[what: string, record: string | Uint8Array, verdict: string]>([
  ["no bytes", "", refused("empty")],
  ["a blank line", " \t\r\n", refused("empty")],
  ["65,536 bytes", "{}".padEnd(65_536), NOTHING],
  ["65,537 bytes", "{}".padEnd(65_537), refused("size")],
  ["65,537 blank bytes", " ".repeat(65_537), refused("size")],
  ["a byte order mark", "\ufeff{}", refused("json")],
  ["a form feed", "\f", refused("json")],
  ["half a character behind the record", Uint8Array.of(0x7b, 0x7d, 0xc3), refused("utf8")],
  ["brackets 64 deep", nested(64), NOTHING],
  ["brackets 65 deep", nested(65), refused("json")],
  ["65 brackets side by side", `{"x":[${"[],{},".repeat(65)}0]}`, NOTHING],
  ["65 brackets in a string", JSON.stringify({ x: '"['.repeat(65) }), NOTHING],
  ["30,000 brackets", "[".repeat(30_000), refused("json")],
  ["a name of 100 code points", JSON.stringify({ name: "\u{20000}".repeat(100) }), `{"ok":true,"normal":{"name":"${"\u{20000}".repeat(100)}"}}`],
  ["a name of 101 code points", JSON.stringify({ name: "\u{20000}".repeat(101) }), wrong({ name: "length" })],
  ["256 code points that fold to none", JSON.stringify({ vat: "\u200b".repeat(256) }), NOTHING],
  ["257 code points that fold to none", JSON.stringify({ vat: "\u200b".repeat(257) }), wrong({ vat: "length" })],
  ["65 characters before the @", email(65, 20), wrong({ email: "length" })],
  ["255 characters around the @", email(10, 244), wrong({ email: "length" })],
  ["an inherited name", '{"__proto__":{"name":"x"},"constructor":"y"}', NOTHING],
  ["a wrong country, which is all that is said", '{"country":"ZZ","phone":"1","postcode":"x","vat":"1"}', wrong({ country: "country" })],
  ["a null after a value", '{"iban":"x","\\u0069ban":null}', NOTHING],
])("%s", (_, record, verdict) => {
  expect(plugin.call("validate", record)).toBe(verdict);
  expect(typeof record === "string" ? validate(record) : validateBytes(record)).toBe(verdict);
});

test.each<[what: string, lines: string, count: number]>([
  ["no bytes", "", 0],
  ["blank lines", "\n\n", 2],
  ["a record without an end", "{}\r\n[]", 2],
  ["65,536 records", "\n".repeat(65_536), 65_536],
  ["65,537 records", "\n".repeat(65_537), 1],
  ["more than 16 MB", " ".repeat(16_777_217), 1],
])("a batch: %s", (_, lines, count) => {
  const answer = plugin.call("validateMany", lines);
  expect(answer.split("\n")).toHaveLength(count + 1);
  expect(answer === validateMany(lines)).toBe(true);
});

test.each(Object.entries(edges))("every edge of %s", (_, edge) => {
  const all = edge().map((members) => JSON.stringify(members));
  const differing = all.filter((record) => plugin.call("validate", record) !== validate(record));
  expect(all.length).toBeGreaterThan(2000);
  expect(differing).toEqual([]);
});

/** What both agree on is worth something only if they were asked about everything. */
const MUST_MEET = `
  record utf8, json, object; name type, length, characters, format; email type, length, characters, format; phone type, length, characters, format, country;
  country type, length, characters, country; postcode type, length, characters, format, country; vat type, length, characters, format, checksum, country;
  iban type, length, characters, format, checksum, country; date type, characters, format, range, calendar`;

test("20,000 records that nobody thought of get the same verdict from both", () => {
  const met = new Set<string>();
  const anyRecord = fc.oneof(
    { weight: 4, arbitrary: damaged(records) },
    { weight: 2, arbitrary: jumbled },
    { weight: 7, arbitrary: altered(records) },
    { weight: 7, arbitrary: tabled },
  );
  const property = fc.property(anyRecord, (record) => {
    const verdict = typeof record === "string" ? validate(record) : validateBytes(record);
    for (const [field, code] of Object.entries((JSON.parse(verdict) as { errors?: object }).errors ?? {})) met.add(`${field} ${String(code)}`);
    expect(plugin.call("validate", record)).toBe(verdict);
  });
  fc.assert(property, { numRuns: 20_000, seed: 20_260_704 });
  const must = MUST_MEET.split(";").flatMap((line) => line.trim().split(/,? +/).map((code, _, [field]) => `${field} ${code}`).slice(1));
  expect(must.filter((code) => !met.has(code))).toEqual([]);
});
