// The host functions that the playground lends to every plugin, in every runtime: a file of its own, as it is, so that a
// Web Worker and a worker thread can import it too.

/** @param {Uint8Array} bytes */
const reverse = (bytes) => Uint8Array.from(bytes).reverse();

/** One function under the name that each ABI looks for it. */
export const functions = {
  env: { reverse },
  "extism:host/user": { reverse },
  test: { reverse },
};
