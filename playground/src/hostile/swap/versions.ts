/** What the guest answers, and what is changed in it. */
const SAYS = "version 01";

/** The guest as another version: other bytes, another digest, and another answer. */
export function versionOf(guest: Uint8Array, version: number): Uint8Array {
  const bytes = guest.slice();
  const said = new TextEncoder().encode(SAYS);
  const at = bytes.findIndex((_, index) => said.every((byte, offset) => bytes[index + offset] === byte));
  bytes.set(new TextEncoder().encode(String(version).padStart(2, "0")), at + said.length - 2);
  return bytes;
}

/** @returns the number in an answer */
export function versionIn(answer: string): number {
  return Number(/^version (\d\d)$/.exec(answer)?.[1] ?? NaN);
}
