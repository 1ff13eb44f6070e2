/** Longest to wait where nothing is painted, as in a tab that was opened in the background. */
const LONGEST_MS = 3_000;

/** Settles once the browser says that it has painted content; an animation frame only says that it is about to. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    const give = setTimeout(resolve, LONGEST_MS);
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName("first-contentful-paint").length === 0) return;
      observer.disconnect();
      clearTimeout(give);
      resolve();
    });
    observer.observe({ type: "paint", buffered: true });
  });
}
