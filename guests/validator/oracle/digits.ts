/** Σ weight · digit, over the digits from the first on. */
export const weigh = (digits: string, weights: readonly number[]): number => weights.reduce((sum, weight, i) => sum + weight * digit(digits, i + 1), 0);

/** The digit at a position, counted from 1 as the rules count. */
export const digit = (digits: string, position: number): number => Number(digits[position - 1]);

/** The remainder that is 0 if the digits pass Luhn. */
export function luhn(digits: string): number {
  const sum = [...digits].reverse().reduce((total, character, i) => {
    const value = Number(character) * (i % 2 === 1 ? 2 : 1);
    return total + Math.floor(value / 10) + (value % 10);
  }, 0);
  return sum % 10;
}

/** The digit which, appended, makes digits pass Luhn. */
export const luhnDigit = (digits: string): number => (10 - luhn(digits + "0")) % 10;

/** ISO 7064 MOD 11,10. */
export function passes1110(digits: string): boolean {
  const last = digits.length - 1;
  let p = 10;
  for (const character of digits.slice(0, last)) p = (2 * ((p + Number(character)) % 10 || 10)) % 11;
  return (11 - p) % 10 === Number(digits[last]);
}

/** What digits and capital letters leave when they are read as a number, A as 10 and Z as 35, and divided by 97. */
export function modulo97(text: string): number {
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
  }
  return rest;
}

/** ISO 7064 MOD 97,10. */
export const passes9710 = (text: string): boolean => modulo97(text) === 1;
