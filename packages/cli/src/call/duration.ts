const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };
/** The longest that a timer can wait. */
const LONGEST = 2 ** 31 - 1;

/** `500ms`, `5s`, `2m`, and a bare number as seconds, in milliseconds; undefined for what is no time, or none at all. */
export function parseDuration(text: string): number | undefined {
  const [, value, unit = "s"] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? [];
  if (value === undefined) return undefined;
  const ms = Math.round(Number(value) * UNITS[unit]!);
  return ms >= 1 && ms <= LONGEST ? ms : undefined;
}
