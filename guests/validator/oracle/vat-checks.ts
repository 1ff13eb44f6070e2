/** The check digits of VAT numbers that take more than a line. Each sees what follows the prefix, in a shape that fits. */
import { digit, luhn, luhnDigit, passes9710, weigh } from "./digits.ts";

export function austrian(rest: string): boolean {
  const d = (position: number): number => digit(rest.slice(1), position);
  const q = (x: number): number => Math.floor((2 * x) / 10) + ((2 * x) % 10);
  const s = d(1) + q(d(2)) + d(3) + q(d(4)) + d(5) + q(d(6)) + d(7);
  return d(8) === (10 - ((s + 4) % 10)) % 10;
}

/** Weighed a second time with other weights if the first sum leaves 10; if that does too, it counts as 0. */
function twice(digits: string, first: readonly number[], second: readonly number[]): number {
  const s = weigh(digits, first) % 11;
  return s === 10 ? (weigh(digits, second) % 11) % 10 : s;
}

export const bulgarian = (n: string): boolean => digit(n, 9) === twice(n, [1, 2, 3, 4, 5, 6, 7, 8], [3, 4, 5, 6, 7, 8, 9, 10]);

export function lithuanian(n: string): boolean {
  const weights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4];
  const length = n.length - 1;
  // The second weights are the first ones from the third on, around the corner from 9 to 1.
  return digit(n, n.length) === twice(n, weights.slice(0, length), weights.slice(2, length + 2));
}

export function swiss(rest: string): boolean {
  const digits = rest.slice(1, 10);
  return digit(digits, 9) === (11 - (weigh(digits, [5, 4, 3, 2, 7, 6, 5, 4]) % 11)) % 11;
}

export function cypriot(rest: string): boolean {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
  let sum = 0;
  for (let position = 1; position <= 8; position++) sum += position % 2 === 1 ? odd[digit(rest, position)]! : digit(rest, position);
  return rest[8] === String.fromCharCode(65 + (sum % 26));
}

export function czech(n: string): boolean {
  const c = (11 - (weigh(n, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return digit(n, 8) === (c === 0 ? 1 : c === 10 ? 0 : c);
}

export const spanishLetter = (digits: string, rest: string): boolean => rest[8] === "TRWAGMYFPDXBNJZSQVHLCKE"[Number(digits) % 23];

export function spanishCompany(rest: string): boolean {
  const c = luhnDigit(rest.slice(1, 8));
  return rest[8] === String(c) || rest[8] === "JABCDEFGHI"[c];
}

export function french(rest: string): boolean {
  const [key, siren] = [rest.slice(0, 2), rest.slice(2)];
  if (luhn(siren) !== 0 && !siren.startsWith("000")) return false;
  return !/^\d\d$/.test(key) || Number(key) === Number(siren + "12") % 97;
}

export function british(n: string): boolean {
  const r = (weigh(n, [8, 7, 6, 5, 4, 3, 2]) + Number(n.slice(7, 9))) % 97;
  return r === 0 || r === 42;
}

export function irish(digits: string, letter: string, second = "W"): boolean {
  const value = (of: string): number => "WABCDEFGHIJKLMNOPQRSTUV".indexOf(of);
  return value(letter) === (weigh(digits, [8, 7, 6, 5, 4, 3, 2]) + 9 * value(second)) % 23;
}

export const dutch = (rest: string): boolean => weigh(rest, [9, 8, 7, 6, 5, 4, 3, 2]) % 11 === digit(rest, 9) || passes9710("NL" + rest);

export function portuguese(n: string): boolean {
  const c = 11 - (weigh(n, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return digit(n, 9) === (c >= 10 ? 0 : c);
}

export function romanian(rest: string): boolean {
  const n = rest.padStart(10, "0");
  return digit(n, 10) === ((10 * weigh(n, [7, 5, 3, 2, 1, 7, 5, 3, 2])) % 11) % 10;
}

export function slovene(n: string): boolean {
  const c = 11 - (weigh(n, [8, 7, 6, 5, 4, 3, 2]) % 11);
  return digit(n, 8) === (c === 10 ? 0 : c);
}
