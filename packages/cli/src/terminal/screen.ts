import { hasColour, palette, type Palette } from "./palette.ts";

/** Narrower than this nothing can be laid out, and wider than that no line is easy to read. */
const NARROWEST = 40;
const WIDEST = 100;
const USUAL = 80;

/** What is known of where text goes. */
export interface Screen {
  readonly colours: Palette;
  /** Columns to lay out for. */
  readonly columns: number;
  /** Whether long lists are cut to what a person reads. A pipe gets all there is. */
  readonly brief: boolean;
}

/** The screen behind a stream, such as `process.stdout`. */
export function screenOf(stream: { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined }, env: Readonly<Record<string, string | undefined>> = process.env): Screen {
  const columns = stream.isTTY ? stream.columns || USUAL : USUAL;
  return { colours: palette(hasColour(stream, env)), columns: Math.min(Math.max(columns, NARROWEST), WIDEST), brief: stream.isTTY === true };
}
