import type { LogEntry, LogSink } from "@isopod/core";
import { printable } from "../terminal/printable.ts";
import { hasColour, palette } from "../terminal/palette.ts";

/** What a plugin logs, a line an entry on stderr: `info: loaded 3 rules`. */
export function logTo(stream: NodeJS.WriteStream = process.stderr): LogSink {
  const colours = palette(hasColour(stream, process.env));
  return ({ level, message }: LogEntry) => {
    const style = level === "error" ? colours.bad : level === "warn" ? colours.unsure : colours.dim;
    stream.write(`${style(`${level}:`)} ${printable(message, "\t")}\n`);
  };
}
