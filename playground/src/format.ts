/** Times as a person reads them: three digits, and the unit that fits. */
export function duration(us: number): string {
  if (us < 1000) return `${figure(us)} µs`;
  return us < 1e6 ? `${figure(us / 1000)} ms` : `${figure(us / 1e6)} s`;
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** The first eight hexadecimal digits: enough to see that two differ. */
export function short(digest: string): string {
  return `${digest.slice(0, 4)} ${digest.slice(4, 8)}`;
}

export function count(n: number): string {
  return n.toLocaleString("en");
}
