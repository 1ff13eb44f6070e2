import { availableParallelism } from "node:os";

/**
 * Runs one task for each key, two at a time and in order, from the first that is asked for: a column of workers mostly
 * waits for threads to start, and another core can serve the next column meanwhile.
 */
export function beside<K, T>(keys: readonly K[], run: (key: K) => Promise<T>): (key: K) => Promise<T> {
  let free = Math.min(2, availableParallelism());
  const queue: (() => void)[] = [];
  const turn = (): Promise<void> | undefined => (free > 0 ? void free-- : new Promise((resolve) => queue.push(resolve)));
  const done = (): void => {
    const next = queue.shift();
    if (next) next();
    else free++;
  };
  const results = new Map<K, Promise<T>>();
  const start = async (key: K): Promise<T> => {
    await turn();
    return run(key).finally(done);
  };
  return (key) => {
    // The first is not always the first of all: tests are filtered, and after a failure a new process goes on with the next.
    if (!results.has(key)) {
      for (const each of keys.slice(keys.indexOf(key))) {
        const result = start(each);
        result.catch(() => {}); // its own test says so
        results.set(each, result);
      }
    }
    return results.get(key)!;
  };
}
