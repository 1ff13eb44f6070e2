/** Levels in the order of their weight. */
export const LEVELS = ["trace", "debug", "info", "warn", "error"] as const;
/** From the least to the most grave. */
export type Level = (typeof LEVELS)[number];

/** One entry of a plugin's log. */
export interface LogEntry {
  readonly level: Level;
  /** The plugin's words, at most 65,536 UTF-16 units of them: print them as you would any input. */
  readonly message: string;
}

/** Where a plugin's log goes. Without one it goes nowhere. */
export type LogSink = (entry: LogEntry) => void;

/** Longest line that is passed on, in UTF-16 units; the rest is cut off and marked. */
const LONGEST = 65_536;

/** A sink for one plugin. What the application's own sink throws is not the plugin's business. */
export function logTo(sink: LogSink | undefined): (level: Level, message: string) => void {
  if (!sink) return () => {};
  return (level, message) => {
    try {
      sink({ level, message: message.length > LONGEST ? `${message.slice(0, LONGEST)}… (cut)` : message });
    } catch {
      // A log that fails must not fail the call.
    }
  };
}
