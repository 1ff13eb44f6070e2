/** What has to be over by some moment. */
export interface Timed {
  /** On the clock of `performance.now()`; Infinity while there is nothing to be over. */
  due: number;
  /** It is not over. */
  expire(): void;
}

/** Where a timer holds the process open (Deno), it does so no longer than this. */
const LONGEST_MS = 100;

/** A timer that goes off so much too late means that its thread was busy with something else. */
const BLOCKED_MS = 10;

/** Then whoever was done in time has so long to be heard. */
const HEARING_MS = 20;

/** One timer for many deadlines: it goes off at the earliest, not once a call, and rests while there is none. */
export class Deadlines {
  readonly #timed = new Set<Timed>();
  #timer: unknown;
  #at = Infinity;
  /** When the thread was last found to have been busy: whoever was due by then is being heard. */
  #hearing = -Infinity;

  /** Whoever is done sets `due` to Infinity, or gives itself another; until it is next looked at, or forgotten, it is held. */
  watch(timed: Timed): void {
    this.#timed.add(timed);
    if (timed.due < this.#at) this.#set(timed.due);
  }

  /** Lets go at once of what is large: a page has room for few instances. */
  forget(timed: Timed): void {
    this.#timed.delete(timed);
  }

  #set(at: number): void {
    clearTimeout(this.#timer);
    this.#at = at; // where it goes off before, it is set anew
    if (at === Infinity) return;
    // Timers of Node and Bun keep a process alive, which is for those to do that wait for a call, not for this.
    const timer = setTimeout(() => this.#look(), Math.min(Math.max(at - performance.now(), 0), LONGEST_MS)) as { unref?(): void };
    timer.unref?.();
    this.#timer = timer;
  }

  #look(): void {
    const now = performance.now();
    const busy = now - this.#at > BLOCKED_MS;
    const heard = busy ? this.#hearing : now;
    let next = Infinity;
    for (const timed of this.#timed) {
      const { due } = timed;
      if (due > heard) {
        if (due === Infinity) this.#timed.delete(timed);
        next = Math.min(next, due);
        continue;
      }
      this.#timed.delete(timed);
      timed.expire();
    }
    if (busy) this.#hearing = now;
    this.#set(busy ? Math.max(next, now + HEARING_MS) : next);
  }
}
