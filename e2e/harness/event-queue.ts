import type { SuiteEvent } from "../suite/events.ts";

/** The longest that a runtime may stay silent: longer than the slowest case on a slow machine. */
const SILENCE_MS = 180_000;

/**
 * Events as they come, to be read with `for await`. Ends after `close` or `fatal`, and makes a `fatal` of its own when
 * nothing is heard for too long, so that no reader waits for ever.
 */
export class EventQueue implements AsyncIterable<SuiteEvent> {
  readonly #events: SuiteEvent[] = [];
  #wake: () => void = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #opened = false;
  #over = false;

  constructor() {
    this.#listen();
  }

  push(event: SuiteEvent): void {
    if (this.#over) return;
    this.#opened = true;
    this.#over = event.type === "close" || event.type === "fatal";
    this.#events.push(event);
    this.#listen();
    this.#wake();
  }

  fail(reason: string): void {
    this.push({ type: "fatal", reason });
  }

  /** For what only matters if the suite could not even begin. */
  failUnopened(reason: string): void {
    if (!this.#opened) this.fail(reason);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SuiteEvent> {
    try {
      for (;;) {
        for (let event = this.#events.shift(); event; event = this.#events.shift()) {
          yield event;
        }
        if (this.#over) return;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      clearTimeout(this.#timer);
    }
  }

  #listen(): void {
    clearTimeout(this.#timer);
    if (this.#over) return;
    this.#timer = setTimeout(() => this.fail(`nothing was heard for ${SILENCE_MS / 1000} s`), SILENCE_MS);
  }
}
