/**
 * A module of the ABI plain whose operation `version` gives this number, from 0 to 16,383: so that a test can tell which
 * version answered.
 *
 * ```
 * (module (func (export "version") (result i32) (i32.const 7)))
 * ```
 */
export function version(number: number): Uint8Array {
  const name = [...'version'].map((letter) => letter.charCodeAt(0));
  const constant = [0x41, (number & 0x7f) | 0x80, ((number >> 7) & 0x7f) | 0x80, 0];
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 5, 1, 0x60, 0, 1, 0x7f], // type 0: () -> i32
    ...[3, 2, 1, 0], // function 0 is of type 0
    ...[7, 4 + name.length, 1, name.length, ...name, 0, 0],
    ...[10, 4 + constant.length, 1, 2 + constant.length, 0, ...constant, 0x0b],
  ]);
}
