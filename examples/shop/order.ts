/** An order as the rules read it: a line for each field. */
export function write(fields: Iterable<readonly [string, string]>): string {
  return Array.from(fields, ([name, value]) => `${name}=${value.replace(/[\r\n]/g, " ")}`).join("\n");
}

/** What the rules said, by field. */
export function read(wrong: string): Map<string, string> {
  return new Map(wrong.split("\n").flatMap((line) => (line === "" ? [] : [[line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const])));
}
