// Records are lines of bytes, not of text: some of them are wrong on purpose.

const LF = 0x0a;

/**
 * @param {Uint8Array} bytes
 * @returns {Uint8Array[]} views, without the line feeds
 */
export function split(bytes) {
  const records = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LF, start);
    const stop = end === -1 ? bytes.length : end;
    records.push(bytes.subarray(start, stop));
    start = stop + 1;
  }
  return records;
}

/**
 * @param {readonly Uint8Array[]} parts
 * @returns {Uint8Array} each part with a line feed after it
 */
export function join(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
    whole[end++] = LF;
  }
  return whole;
}

/**
 * @param {Uint8Array} bytes
 * @returns {Promise<string>} hexadecimal
 */
export async function sha256(bytes) {
  const hash = await crypto.subtle.digest("SHA-256", /** @type {Uint8Array<ArrayBuffer>} */ (bytes));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
