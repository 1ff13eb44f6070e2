import { aborted } from "../contract/call.ts";
import type { Signal } from "../contract/operations.ts";
import type { IsopodError } from "../errors.ts";
import type { Waiting } from "./pool.ts";

/** Settles a caller, with an item or for want of one. */
type Waiter<T> = (item: T | undefined, error?: unknown) => void;

/** First come, first served; whoever frees an instance hands it over. For runtimes where a promise may be settled by another request. */
export class Queue<T> implements Waiting<T> {
  readonly #waiters = new Set<Waiter<T>>();

  get size(): number {
    return this.#waiters.size;
  }

  wait(signal: Signal | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter<T> = (item, error) => {
        this.#waiters.delete(waiter);
        signal?.removeEventListener("abort", onAbort);
        if (item) resolve(item);
        else reject(error);
      };
      const onAbort = (): void => waiter(undefined, aborted(signal!));
      signal?.addEventListener("abort", onAbort); // which throws for what is no signal: nobody waits then
      this.#waiters.add(waiter);
      if (signal?.aborted) onAbort();
    });
  }

  wake(take: () => T | undefined): void {
    for (const waiter of this.#waiters) {
      try {
        const item = take();
        if (item) waiter(item);
        return;
      } catch (error) {
        waiter(undefined, error); // and the place is still free, for the next to try
      }
    }
  }

  dispose(error: IsopodError): void {
    for (const waiter of this.#waiters) waiter(undefined, error);
  }
}
