import type { IsopodError, Signal } from "@isopod/core";
import { aborted } from "@isopod/core/spi";

/** One call on its way to a loaded worker, and the end that its signal, or `dispose`, may put to it. */
export class Crossing {
  readonly #signal: Signal | undefined;
  readonly #ended: Promise<never>;
  readonly #onAbort = (): void => this.end(aborted(this.#signal!));
  /** Whoever waits by `or` is told so. */
  end!: (error: IsopodError) => void;

  constructor(signal: Signal | undefined) {
    this.#signal = signal;
    this.#ended = new Promise((_resolve, reject) => (this.end = reject));
    this.#ended.catch(() => {}); // it is raced against, and may lose
    signal?.addEventListener("abort", this.#onAbort);
  }

  /** The outcome of the work, unless the call is ended first. */
  or<T>(work: PromiseLike<T>): Promise<T> {
    return Promise.race([work, this.#ended]);
  }

  close(): void {
    this.#signal?.removeEventListener("abort", this.#onAbort);
  }
}
