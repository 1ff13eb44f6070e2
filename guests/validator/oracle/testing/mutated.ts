import fc from "fast-check";
import { COUNTRIES } from "../country.ts";
import { FIELDS } from "../fields.ts";
import { type Members, mistyped, slipped, slips, telling, written } from "./typing.ts";

const TOKENS = ["", '"', "\\", "{", "}", "[", "]", ":", ",", "null", "1e9", "-0", "01", "\\u0000", "\\ud83d\\ude00", "\\ud800", "\\x", "\t", "\r\n", "//", "\ufeff", "\x01", "é"];

/** The edges of what UTF-8 is: stray, overlong, surrogate, too high, cut short; and the last that is right before each. */
const SEQUENCES = "80 c080 c1bf c280 c3 dfbf e09fbf e0a080 eda080 ed9fbf efbfbf e282 f08fbfbf f0908080 f48fbfbf f4908080 f09f98 f5808080 ff".split(" ");

const encoded = (text: string): number[] => [...new TextEncoder().encode(text)];

const fragment: fc.Arbitrary<number[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TOKENS).map(encoded) },
  { weight: 2, arbitrary: telling.map(encoded) },
  { weight: 1, arbitrary: fc.constantFrom(...SEQUENCES).map((hex) => hex.match(/../g)!.map((pair) => Number.parseInt(pair, 16))) },
  { weight: 1, arbitrary: fc.array(fc.nat(255), { maxLength: 3 }) },
);

/** Records in which bytes were lost, put in or replaced anywhere. */
export const damaged = (records: readonly string[]): fc.Arbitrary<Uint8Array> =>
  fc.tuple(fc.constantFrom(...records), slips(fragment, 3)).map(([record, list]) => Uint8Array.from(slipped(encoded(record), list)));

const GRAMMAR = [..."{}[]:,\"\\/ -+.eEtx0123u9\t\n", "true", "false", "null", "nul", '"a"', '"\\n"', '"\\u00e9"', '"name":', "NaN", "0x1", "1.5", "-0", "1e-5"];

/** Something like JSON, most of it not quite, behind a member that is right. */
export const jumbled: fc.Arbitrary<string> = fc.array(fc.constantFrom(...GRAMMAR), { maxLength: 6 }).map((tokens) => `{"date":"20260228","x":${tokens.join("")}}`);

const someCountry = fc.oneof(fc.constantFrom(...COUNTRIES, "UK", "EL", "uk", "d e", "zz", "D1", "DEU"), mistyped(fc.constantFrom(...COUNTRIES)));
const anything: fc.Arbitrary<unknown> = fc.oneof(fc.constantFrom(null, true, 0, "", " ", [], {}, ["x"]), telling, fc.jsonValue({ maxDepth: 1 }));

/** Records one of whose values is another: mistyped, of another type, another record's, another country's, or gone. */
export function altered(records: readonly string[]): fc.Arbitrary<string> {
  const members = fc.constantFrom(...records.flatMap(membersOf));
  const mistake = fc.tuple(members, fc.nat(999), fc.nat(999)).chain(([own, n, m]) => {
    const [name, value] = own[n % own.length]!;
    const put = (other: fc.Arbitrary<unknown>, as = name): fc.Arbitrary<Members> => other.map((is) => [...own, [as, is]]);
    return fc.oneof(
      { weight: 6, arbitrary: put(mistyped(fc.constant(String(value)))) },
      { weight: 2, arbitrary: put(someCountry, "country") },
      { weight: 1, arbitrary: put(anything, FIELDS[m % FIELDS.length]) },
      { weight: 1, arbitrary: members.map((other) => [...own, other[m % other.length]!]) },
      { weight: 1, arbitrary: fc.constant(own.filter((member) => member[0] !== name)) },
    );
  });
  return written(mistake);
}

function membersOf(record: string): [name: string, value: unknown][][] {
  try {
    const value: unknown = JSON.parse(record);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? [Object.entries(value)] : [];
  } catch {
    return [];
  }
}
