/** `12,345`, the same on every machine. */
export function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** Of nanoseconds, in the unit that reads best: `850 ns`, `2.41 µs`, `12.1 ms`, `1.30 s`. */
export function duration(nanoseconds: number): string {
  const units = ["ns", "µs", "ms", "s"];
  let value = nanoseconds;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${figure(value)} ${units[unit]}`;
}

/** Three significant digits. */
export function figure(value: number): string {
  return value >= 99.95 ? count(value) : value.toFixed(value >= 9.995 ? 1 : 2);
}

/** `64 KiB`, `1.5 MiB`. */
export function size(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${units[unit]}`;
}

/** `1 import`, `2 imports`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A time that somebody named, as it was named: `300 ms`, `5 s`. */
export function limit(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;
}
