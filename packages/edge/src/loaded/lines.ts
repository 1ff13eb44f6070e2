import type { Level, LogEntry } from "@isopod/core";

/** What is kept between two answers, in UTF-16 units: an answer is one RPC message, and these are bounded. */
const MOST = 1_048_576;
/** What a line counts beside its text. */
const EACH = 32;

/** Log lines on their way to the host: they travel with the next answer or question. */
export class Lines {
  #kept: LogEntry[] = [];
  #size = 0;
  #dropped = 0;

  readonly add = (level: Level, message: string): void => {
    const size = this.#size + message.length + EACH;
    if (size > MOST) {
      this.#dropped++;
      return;
    }
    this.#kept.push({ level, message });
    this.#size = size;
  };

  take(): readonly LogEntry[] {
    const kept = this.#kept;
    if (this.#dropped > 0) kept.push({ level: "warn", message: `${this.#dropped} log lines were dropped: the plugin logs faster than they can be passed on` });
    this.#kept = [];
    this.#size = this.#dropped = 0;
    return kept;
  }
}
