/** Records made from the rules' own tables, so that every row is met, right and nearly right. */
import fc from "fast-check";
import { COUNTRIES } from "../country.ts";
import { modulo97 } from "../digits.ts";
import { iban as judgeIban } from "../iban.ts";
import { IBANS } from "../iban-table.ts";
import { NUMBERING } from "../phone-table.ts";
import { type PostcodeRow, POSTCODES } from "../postcode-table.ts";
import { VAT } from "../vat-table.ts";
import { type Members, mistyped, points, written } from "./typing.ts";

const pick = <T>(list: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...list);

/** One of the arbitraries of a table's rows, all made beforehand: to make one from a pattern takes longer than to draw from it. */
const each = <T, U>(rows: readonly T[], make: (row: T) => fc.Arbitrary<U>): fc.Arbitrary<U> => fc.oneof(...rows.map(make));

/** Separators strewn over a value; a slip now and then; small letters at times. */
const typed = (value: fc.Arbitrary<string>, separators: readonly string[]): fc.Arbitrary<string> => {
  const strewn = fc.tuple(value, fc.array(fc.tuple(fc.nat(99), pick(separators)), { maxLength: 4 }), fc.boolean()).map(([text, list, small]) => {
    const apart = list.reduce((rest, [at, separator]) => rest.slice(0, at % (rest.length + 1)) + separator + rest.slice(at % (rest.length + 1)), text);
    return small ? apart.toLowerCase() : apart;
  });
  return fc.oneof({ weight: 4, arbitrary: strewn }, { weight: 1, arbitrary: mistyped(strewn) });
};

/** Mostly the country that belongs to a value; else another, none, or a wrong one. */
const placed = (field: string, value: fc.Arbitrary<string>, countries: readonly string[]): fc.Arbitrary<Members> =>
  fc
    .tuple(value, fc.oneof({ weight: 5, arbitrary: pick(countries) }, { weight: 1, arbitrary: pick([...COUNTRIES, undefined, "EU"]) }))
    .map(([text, country]) => [[field, text], ...(country === undefined ? [] : [["country", country] as const])]);

const digits = (minLength: number, maxLength: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^\\d{${minLength},${maxLength}}$`));

const phone = each(NUMBERING, ({ countries, code, trunk, pattern }) => {
  const start = fc.oneof(
    { weight: 3, arbitrary: pick(["", trunk, trunk]) },
    { weight: 3, arbitrary: pick(["+", "00"]).map((abroad) => abroad + code) },
    { weight: 3, arbitrary: pick(["011", "0011", "010", "810", "001"]).map((abroad) => abroad + code) },
    { weight: 1, arbitrary: pick([`+${code}${trunk}`, "+", "00"]) },
  );
  const rest = fc.oneof({ weight: 3, arbitrary: fc.stringMatching(pattern) }, { weight: 1, arbitrary: digits(0, 16) });
  return placed("phone", typed(fc.tuple(start, rest).map((parts) => parts.join("")), [" ", " ", "-", "/", ".", "(", ")", "0", "\u2011"]), countries);
});

const SIGNS = ["A", "B", "D", "E", "FIN", "F", "H", "I", "L", "N", "P", "S", "SLO"];

/** Countries without a pattern, where only the length counts. */
const UNTABLED: readonly PostcodeRow[] = ["BO", "HK", "ZW"].map((country) => [country, /^[A-Z0-9]{10,14}$/]);

const postcode = each([...POSTCODES, ...UNTABLED], ([country, pattern]) => {
  const code = fc.oneof({ weight: 3, arbitrary: fc.stringMatching(pattern) }, { weight: 1, arbitrary: fc.stringMatching(/^[A-Z0-9]{0,14}$/) });
  return placed("postcode", typed(fc.tuple(fc.oneof(fc.constant(""), fc.constant(country), pick(SIGNS)), code).map((parts) => parts.join("")), [" ", "-", " - ", "\u2013"]), [country]);
});

const vat = each(VAT, ({ prefix, countries, shapes }) => {
  const one = each(shapes, ({ pattern, lengths, check }) => {
    const shaped = mended(fc.stringMatching(pattern), (text) => pattern.test(text) && check(text));
    return fc.oneof({ weight: 5, arbitrary: shaped }, { weight: 1, arbitrary: digits(Math.min(...lengths), Math.max(...lengths)) });
  });
  const starts = prefix === "EL" ? ["", "EL", "GR"] : ["", prefix, prefix];
  return placed("vat", typed(fc.tuple(pick(starts), one).map((parts) => parts.join("")), [" ", "-", ".", "/"]), countries);
});

const iban = each(Object.entries(IBANS), ([country, [, structure]]) => {
  const classes: Readonly<Record<string, string>> = { n: "[0-9]", a: "[A-Z]", c: "[0-9A-Z]" };
  const bban = fc.stringMatching(new RegExp(`^${structure.replace(/([nac])(\d+)/g, (_, kind: string, count: string) => `${classes[kind]}{${count}}`)}$`));
  const whole = (text: string): string => country + String(98 - modulo97(`${text}${country}00`)).padStart(2, "0") + text;
  const right = (text: string): boolean => "normal" in judgeIban(whole(text))!;
  return typed(mended(bban, right).map(whole), [" ", "-", ""]).map((text): Members => [["iban", text]]);
});

/** Mostly with two digits set so that all is right, if two will do: by chance alone a check digit is hardly ever met. */
function mended(text: fc.Arbitrary<string>, isRight: (text: string) => boolean): fc.Arbitrary<string> {
  const pairs = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, "0"));
  const candidates = (value: string): string[] => [value, ...pairs.map((pair) => value.replace(/\d{2}(?=\D*$)/, pair)), ...pairs.map((pair) => value.slice(0, 8) + pair + value.slice(10))];
  return fc.tuple(text, fc.nat(3)).map(([value, luck]) => (luck === 0 ? value : (candidates(value).find(isRight) ?? value)));
}

const someDate = fc
  .tuple(fc.integer({ min: 1896, max: 2104 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), fc.nat(3), pick(["-", "/", ".", "", " / ", "--"]), pick(["", "", ".", " ."]))
  .map(([year, month, day, style, separator, end]) => {
    const short = [day, month].map((part) => String(part).padStart(style % 2 === 0 ? 2 : 1, "0"));
    return (style < 2 ? [...short, String(year)] : [String(year), ...short.reverse()]).join(separator) + end;
  });
const date = placed("date", typed(someDate, [" ", "\u3000", ""]), ["US", "DE"]);

const label = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9-]{0,7}[A-Za-z0-9])?$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z0-9-]{0,9}$/) },
  { weight: 1, arbitrary: fc.integer({ min: 60, max: 66 }).map((n) => "x".repeat(n)) },
);
const top = pick(["com", "de", "c", "xn--p1ai", "XN--a", "xn--", "c0m", "museum"]);
const local = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,5}(\.[a-z]{1,3})?$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z0-9.()<>,;]{0,5}$/) },
  { weight: 1, arbitrary: fc.integer({ min: 60, max: 66 }).map((n) => "y".repeat(n)) },
);
const address = fc
  .tuple(local, pick(["@", "@", "@", "@", "@", "@@", " @", "", "\uff20"]), fc.array(label, { maxLength: 4 }), top)
  .map(([before, at, labels, last]) => before + at + [...labels, last].join("."));
const email = typed(address, ["", "", "\u200b", "\u00ad", "."]).map((text): Members => [["email", text]]);

const someName = fc.oneof(mistyped(pick(["Zoë \"Z\" Brontë", "O’Neil\\", "李小龙", "山田 太郎", "4711", "R2-D2", "\u{20000}吉"])), points(6));
const name = fc
  .tuple(someName, fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 90 }) }))
  .map(([text, times]): Members => [["name", text.repeat(times)]]);

/** Every field from its table, each with or without the country that it belongs to. */
export const tabled: fc.Arbitrary<string> = written(
  fc.oneof(
    { weight: 5, arbitrary: vat },
    { weight: 4, arbitrary: phone },
    { weight: 4, arbitrary: postcode },
    { weight: 3, arbitrary: iban },
    { weight: 3, arbitrary: date },
    { weight: 2, arbitrary: email },
    { weight: 2, arbitrary: name },
  ),
);
