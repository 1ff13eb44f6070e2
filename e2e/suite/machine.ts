/** Some clocks stand still from one event to the next, however long that is. */
export function clockMoves(): boolean {
  const start = performance.now();
  for (let turn = 0; turn < 2_000_000; turn++) if (performance.now() > start) return true;
  return false;
}

/** Reserved, and never touched. */
export function hasGigabytes(): boolean {
  try {
    return new WebAssembly.Memory({ initial: 32_769, maximum: 32_773 }).buffer.byteLength > 2 ** 31;
  } catch {
    return false;
  }
}
