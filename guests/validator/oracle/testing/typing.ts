import fc from "fast-check";

/** What the rules tell apart: separators, spaces and dashes of other scripts, full-width forms, marks that are dropped or refused, the ends of ranges. */
const TELLING = [
  ..." \t\n-./+()@,_'\"\\!#~^0123456789AaBbEeGgIiKkLlMmRrUuXxZz",
  ..."\0\x07\x1f\x7f\u0080\u0085\u009f\u00a0\u00ad\u1680\u180e\u2000\u200a\u200b\u200d\u200e\u200f\u2010\u2015\u2016\u2028\u2029\u202a\u202e\u202f\u205f\u2060\u2064\u2065",
  ..."\u2066\u2069\u206a\u2212\u3000\ufdcf\ufdd0\ufdef\ufeff\uff00\uff01\uff0b\uff0d\uff10\uff21\uff41\uff5e\uff5f\ufffd\uffff\u0660\u0131\u017f\u212a\u{1f600}\u{1ffff}\u{10fffe}",
  ...["\ud800", "\udfff", "\udc00\ud800", "00", "xn--", "..", "GR", "EL", "XI", "0011"],
];

/** A few code points, whichever. Made by hand, because the library's own are slow to set up. */
export const points = (maxLength: number): fc.Arbitrary<string> => fc.array(fc.nat(0x10ffff), { maxLength }).map((list) => String.fromCodePoint(...list));

export const telling: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TELLING) },
  { weight: 1, arbitrary: points(2) },
);

/** A slip of the finger, or two: what stands somewhere goes, and something else comes. */
export interface Slip<T> {
  readonly at: number;
  readonly remove: number;
  readonly insert: readonly T[];
}

export const slips = <T>(insert: fc.Arbitrary<readonly T[]>, maxLength: number): fc.Arbitrary<Slip<T>[]> =>
  fc.array(fc.record({ at: fc.nat(9_999), remove: fc.nat(2), insert }), { minLength: 1, maxLength });

export const slipped = <T>(units: readonly T[], list: readonly Slip<T>[]): T[] =>
  list.reduce((rest, { at, remove, insert }) => rest.toSpliced(at % (rest.length + 1), remove, ...insert), [...units]);

/** A text with a few of its code points replaced. */
export const mistyped = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(text, slips(telling.map((typed) => [...typed]), 2)).map(([value, list]) => slipped([...value], list).join(""));

export type Members = readonly (readonly [name: string, value: unknown])[];

const escaped = (text: string): string => `"${text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;

/** The text of a record with these members, a name among them twice or not; once in a while all in escapes. */
export const written = (members: fc.Arbitrary<Members>): fc.Arbitrary<string> =>
  fc.tuple(members, fc.nat(3)).map(([list, style]) => {
    const quoted = (value: unknown): string => (style === 0 && typeof value === "string" ? escaped(value) : JSON.stringify(value));
    return `{${list.map(([name, value]) => `${quoted(name)}: ${quoted(value)}`).join(", ")}}`;
  });
