import { aborted } from "../contract/call.ts";
import type { Signal } from "../contract/operations.ts";
import type { IsopodError } from "../errors.ts";
import type { Waiting } from "./pool.ts";

interface Waiter<T> {
  readonly give: (item: T) => void;
  readonly refuse: (error: unknown) => void;
}

/** First come, first served; whoever frees an instance hands it over. For runtimes where a promise may be settled by another request. */
export class Queue<T> implements Waiting<T> {
  readonly #waiters = new Set<Waiter<T>>();

  get size(): number {
    return this.#waiters.size;
  }

  wait(_take: () => T | undefined, signal: Signal | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        this.#waiters.delete(waiter);
        signal?.removeEventListener("abort", onAbort);
      };
      const waiter: Waiter<T> = {
        give: (item) => (settle(), resolve(item)),
        refuse: (error) => (settle(), reject(error)),
      };
      const onAbort = (): void => waiter.refuse(aborted(signal!));
      signal?.addEventListener("abort", onAbort);
      this.#waiters.add(waiter);
    });
  }

  wake(take: () => T | undefined): void {
    for (const waiter of this.#waiters) {
      try {
        const item = take();
        if (item !== undefined) waiter.give(item);
        return;
      } catch (error) {
        waiter.refuse(error); // and the place is still free, for the next to try
      }
    }
  }

  dispose(error: IsopodError): void {
    for (const waiter of [...this.#waiters]) waiter.refuse(error);
  }
}
