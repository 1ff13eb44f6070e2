/**
 * The host function `env.reverse` of the packed guests by hand: it takes a pointer and a length, and answers in memory
 * that it asks the guest's own `malloc` for.
 */
export function packedHost(/** @type {(input: Uint8Array) => Uint8Array} */ run) {
  /** @type {any} */
  let guest;
  const words = new Uint32Array(2);
  const wide = new BigInt64Array(words.buffer);

  return {
    imports: {
      env: {
        reverse(/** @type {number} */ at, /** @type {number} */ length) {
          const reply = run(new Uint8Array(guest.memory.buffer, at >>> 0, length >>> 0));
          const to = guest.malloc(reply.length) >>> 0;
          new Uint8Array(guest.memory.buffer, to, reply.length).set(reply);
          words[0] = reply.length;
          words[1] = to;
          return wide[0];
        },
      },
    },
    bind: (/** @type {any} */ exports) => void (guest = exports),
  };
}
