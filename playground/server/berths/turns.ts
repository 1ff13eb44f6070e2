import { IsopodError } from "@isopod/core";

/** Most that wait: a page asks for a few at a time, so more is a page gone wrong. */
const MOST_WAITING = 32;

/** One after the other, so that a plugin which hangs costs its own call only, and times are taken in peace. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MOST_WAITING) return Promise.reject(new IsopodError("overloaded", "too many calls wait for this lane: try again in a moment"));
    this.#waiting++;
    const turn = this.#last.then(work).finally(() => this.#waiting--);
    this.#last = turn.catch(() => {});
    return turn;
  }
}
