/**
 * The ABI `wapc` by hand. The guest asks for operation and payload at addresses of its choice, and hands its answer
 * over by pointer and length: one copy in, one copy out.
 */
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @param {(input: Uint8Array) => Uint8Array} reverse the one host function of the guests */
export function wapcByHand(reverse) {
  const none = new Uint8Array(0);
  /** @type {Uint8Array} */
  let operation = none;
  /** @type {Uint8Array} */
  let payload = none;
  /** @type {Uint8Array} */
  let reply = none;
  let asText = false;
  /** @type {Uint8Array | string} */
  let response = none;
  /** @type {WebAssembly.Memory} */
  let memory;

  const imports = {
    wapc: {
      __guest_request(/** @type {number} */ op, /** @type {number} */ at) {
        const view = new Uint8Array(memory.buffer);
        view.set(operation, op >>> 0);
        view.set(payload, at >>> 0);
      },
      __guest_response(/** @type {number} */ at, /** @type {number} */ size) {
        const view = new Uint8Array(memory.buffer, at >>> 0, size >>> 0);
        response = asText ? decoder.decode(view) : view.slice();
      },
      __guest_error(/** @type {number} */ at, /** @type {number} */ size) {
        throw new Error(decoder.decode(new Uint8Array(memory.buffer, at >>> 0, size >>> 0)));
      },
      __host_call(/** @type {number[]} */ ...words) {
        const [at, size] = words.slice(6); // after binding, namespace and operation
        reply = reverse(new Uint8Array(memory.buffer, at >>> 0, size >>> 0));
        return 1;
      },
      __host_response_len: () => reply.length,
      __host_response: (/** @type {number} */ at) => new Uint8Array(memory.buffer).set(reply, at >>> 0),
      __host_error_len: () => 0,
      __host_error() {},
      __console_log() {},
    },
  };

  return {
    imports,
    /** @param {any} exports of the instance */
    bind(exports) {
      memory = exports.memory;
      const call = exports.__guest_call;
      const run = (/** @type {Uint8Array} */ name, /** @type {Uint8Array} */ given, /** @type {boolean} */ text) => {
        operation = name;
        payload = given;
        asText = text;
        if (call(name.length, given.length) !== 1) throw new Error("the guest failed");
        return response;
      };
      return {
        bytes(/** @type {string} */ op) {
          const name = encoder.encode(op);
          return (/** @type {Uint8Array} */ given) => run(name, given, false);
        },
        text(/** @type {string} */ op) {
          const name = encoder.encode(op);
          return (/** @type {string} */ given) => run(name, encoder.encode(given), true);
        },
      };
    },
  };
}
