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

/** Longest name that is shown, in UTF-16 units; somebody else's may have megabytes. */
const MOST_NAME = 200;

/** A name as somebody else wrote it, so that it is seen as it is: what turns the reading around, or cannot be seen, by its number. */
export function seen(name: string): string {
  const some = name.length > MOST_NAME ? `${name.slice(0, MOST_NAME)}…` : name;
  return some.replace(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

export function count(n: number): string {
  return n.toLocaleString("en");
}
