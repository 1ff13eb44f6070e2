/**
 * A copy of its own, in memory of its own. Node's Buffer overrides `slice` to give a view of the same memory, so the
 * method is taken from where it copies.
 */
export function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.prototype.slice.call(bytes) as Uint8Array<ArrayBuffer>;
}
