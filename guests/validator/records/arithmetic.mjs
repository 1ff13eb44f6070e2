// Check-digit arithmetic, written apart from the plugin's so that neither can hide the other's mistakes.

/** The remainder by 97 of a text whose letters count as two digits (A = 10). */
export const mod97 = (text) => Number(BigInt(text.replace(/[A-Z]/g, (c) => c.charCodeAt(0) - 55)) % 97n);

export const weighted = (digits, weights) => weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0);

export function luhnDigit(digits) {
  const sum = [...digits].reverse().reduce((total, d, i) => total + (i % 2 ? Number(d) : [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][d]), 0);
  return (10 - (sum % 10)) % 10;
}

/** ISO 7064 MOD 11,10. */
export function pureDigit(digits) {
  const product = [...digits].reduce((p, d) => ((((p + Number(d)) % 10) || 10) * 2) % 11, 10);
  return (11 - product) % 10;
}
