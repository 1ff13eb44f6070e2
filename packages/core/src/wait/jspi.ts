/** JavaScript Promise Integration: Node ≥ 24, Deno, Bun, Chromium, Firefox, workerd. */
export function hasJspi(): boolean {
  return typeof WebAssembly.Suspending === "function";
}
