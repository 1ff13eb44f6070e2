/** `packed` by hand without a new array for the answer: what is left when nobody allocates. */

/** @param {any} exports of an instance */
function entered({ memory, malloc, free, ...operations }, /** @type {(view: Uint8Array) => unknown} */ use) {
  const wide = new BigInt64Array(1);
  const words = new Uint32Array(wide.buffer);
  return (/** @type {string} */ op) => {
    const fn = operations[op];
    return (/** @type {Uint8Array} */ input) => {
      const at = malloc(input.length) >>> 0;
      new Uint8Array(memory.buffer, at, input.length).set(input);
      wide[0] = fn(at, input.length);
      free(at);
      const result = words[1];
      const given = use(new Uint8Array(memory.buffer, result, words[0]));
      free(result);
      return given;
    };
  };
}

/** The answer is copied into the caller's buffer; a call gives its length. */
export function packedInto(/** @type {any} */ exports, /** @type {Uint8Array} */ buffer) {
  return entered(exports, (view) => {
    buffer.set(view);
    return view.length;
  });
}

/** The answer is shown where it is. */
export const packedBorrow = entered;
