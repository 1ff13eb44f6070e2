/** The few styles that are used here; each gives the text back as it was where there is no colour. */
export interface Palette {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly unsure: (text: string) => string;
  readonly bar: (text: string) => string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** True where the stream is a terminal that shows colour; FORCE_COLOR and NO_COLOR overrule, in this order, as in Node. */
export function hasColour(stream: { readonly isTTY?: boolean | undefined }, env: Environment): boolean {
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  if (env["NO_COLOR"]) return false;
  return stream.isTTY === true && env["TERM"] !== "dumb";
}

/** Styles for a stream. */
export function palette(coloured: boolean): Palette {
  const style = (open: number, close: number) => (text: string) => (coloured && text !== "" ? `\x1b[${open}m${text}\x1b[${close}m` : text);
  return { bold: style(1, 22), dim: style(2, 22), good: style(32, 39), bad: style(31, 39), unsure: style(33, 39), bar: style(36, 39) };
}
