/**
 * The ABI `extism` by hand: a kernel in JavaScript with no more than a guest needs to take bytes and give bytes. Its
 * memory is its own, the guest reads and writes it eight bytes at a time:
 *
 *     kernel  [0] unused  [8] input …  [8 + n] blocks by `alloc`, all gone at the next call
 */
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @param {(input: Uint8Array) => Uint8Array} reverse the one host function of the guests */
export function extismByHand(reverse) {
  let bytes = new Uint8Array(1 << 10);
  let view = new DataView(bytes.buffer);
  const sizes = new Map();
  let top = 8;
  let input = 0;
  let from = 0;
  let to = 0;

  const reserve = (/** @type {number} */ size) => {
    const at = top;
    top += (size + 7) & ~7;
    if (top > bytes.length) {
      const larger = new Uint8Array(top * 2);
      larger.set(bytes);
      bytes = larger;
      view = new DataView(bytes.buffer);
    }
    sizes.set(at, size);
    return at;
  };
  const store = (/** @type {Uint8Array} */ block) => {
    const at = reserve(block.length);
    bytes.set(block, at);
    return at;
  };
  const length = (/** @type {bigint} */ at) => BigInt(sizes.get(Number(at)) ?? 0);

  const imports = {
    "extism:host/env": {
      alloc: (/** @type {bigint} */ size) => BigInt(reserve(Number(size))),
      free() {},
      length,
      length_unsafe: length,
      load_u8: (/** @type {bigint} */ at) => view.getUint8(Number(at)),
      load_u64: (/** @type {bigint} */ at) => view.getBigUint64(Number(at), true),
      store_u8: (/** @type {bigint} */ at, /** @type {number} */ value) => view.setUint8(Number(at), value),
      store_u64: (/** @type {bigint} */ at, /** @type {bigint} */ value) => view.setBigUint64(Number(at), value, true),
      input_offset: () => 8n,
      input_length: () => BigInt(input),
      input_load_u8: (/** @type {bigint} */ at) => view.getUint8(8 + Number(at)),
      input_load_u64: (/** @type {bigint} */ at) => view.getBigUint64(8 + Number(at), true),
      output_set(/** @type {bigint} */ at, /** @type {bigint} */ size) {
        from = Number(at);
        to = from + Number(size);
      },
    },
    "extism:host/user": {
      reverse(/** @type {bigint} */ at) {
        const start = Number(at);
        return BigInt(store(reverse(bytes.subarray(start, start + (sizes.get(start) ?? 0)))));
      },
    },
  };

  const run = (/** @type {() => number} */ fn, /** @type {Uint8Array} */ given) => {
    top = 8;
    from = to = 0;
    sizes.clear();
    input = given.length;
    store(given);
    if (fn() !== 0) throw new Error("the guest failed");
  };

  return {
    imports,
    /** @param {any} operations the guest's exports */
    bind: (operations) => ({
      bytes: (/** @type {string} */ op) => (/** @type {Uint8Array} */ given) => {
        run(operations[op], given);
        return bytes.slice(from, to);
      },
      text: (/** @type {string} */ op) => (/** @type {string} */ given) => {
        run(operations[op], encoder.encode(given));
        return decoder.decode(bytes.subarray(from, to));
      },
    }),
  };
}
