/** The operations in plain JavaScript, in place. */
export function transform(/** @type {string | undefined} */ op, /** @type {Uint8Array} */ bytes) {
  if (op === "upper") {
    for (let i = 0; i < bytes.length; i++) if (bytes[i] >= 0x61 && bytes[i] <= 0x7a) bytes[i] -= 0x20;
  }
  return bytes;
}
