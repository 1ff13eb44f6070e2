/** JavaScript Promise Integration: Node ≥ 24, Deno, Bun, Chromium, Firefox, workerd. */
export function hasJspi(): boolean {
  return typeof WebAssembly.Suspending === "function";
}

/** An export that gives a promise, because something it calls may suspend. Costs 0.7 µs a call: wrap only where needed. */
export function promising<T extends Function>(run: T): (...args: never[]) => Promise<unknown> {
  return WebAssembly.promising!(run);
}
