/**
 * The arena floor: what marshalling costs when nothing is managed. The guest hands out the same place for every input
 * and answers in place, so a call is one `encodeInto` or `set`, one call, one `slice` or `decode`.
 */
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @param {any} exports of an instance */
export function arenaByHand({ memory, alloc, ...operations }) {
  const wide = new BigInt64Array(1);
  const words = new Uint32Array(wide.buffer);
  return {
    bytes(/** @type {string} */ op) {
      const fn = operations[op];
      return (/** @type {Uint8Array} */ input) => {
        const at = alloc(input.length) >>> 0;
        new Uint8Array(memory.buffer, at, input.length).set(input);
        wide[0] = fn(at, input.length);
        return new Uint8Array(memory.buffer, words[1], words[0]).slice();
      };
    },
    text(/** @type {string} */ op) {
      const fn = operations[op];
      return (/** @type {string} */ input) => {
        const most = input.length * 3;
        const at = alloc(most) >>> 0;
        const { written } = encoder.encodeInto(input, new Uint8Array(memory.buffer, at, most));
        wide[0] = fn(at, written);
        return decoder.decode(new Uint8Array(memory.buffer, words[1], words[0]));
      };
    },
  };
}
