/**
 * What a meter costs: each kernel of `guests/dist/kernels.wasm` with and without, in turn, the best of many rounds. It
 * knows nothing of Node, so that a page runs it, too.
 */

/** How often each does its work: a few milliseconds, which a busy machine leaves alone now and then. */
const TIMES = { matmul: 1, scan: 2, sieve: 1, fib: 24 };

/** @returns {Record<string, { value: number, ratio: number }>} nanoseconds of the metered kernel, and its ratio to the plain one */
export function race(/** @type {Uint8Array<ArrayBuffer>} */ plain, /** @type {Uint8Array<ArrayBuffer>} */ metered, /** @type {number} */ rounds) {
  const tick = (/** @type {number} */ kind, /** @type {number} */ left) => (kind === 0 ? left + 1e6 : 1);
  const open = (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { abort() {} }, isopod: { tick } });
    /** @type {Function | undefined} */ (exports["isopod:start"])?.();
    return exports;
  };
  const lanes = [open(plain), open(metered)];
  /** @type {Record<string, { value: number, ratio: number }>} */
  const result = {};
  for (const [name, times] of Object.entries(TIMES)) {
    const best = [Infinity, Infinity];
    const answers = new Set();
    for (let round = 0; round < rounds * 8; round++) {
      for (const index of round % 2 ? [1, 0] : [0, 1]) {
        const began = performance.now();
        answers.add(/** @type {Function} */ (lanes[index]?.[name])(times));
        best[index] = Math.min(best[index] ?? Infinity, performance.now() - began);
      }
    }
    if (answers.size > 1) throw new Error(`${name} gave different answers with a meter and without`);
    const [bare = 1, counted = 1] = best;
    result[name] = { value: counted * 1e6, ratio: counted / bare };
  }
  return result;
}

// As a process: the two files come as arguments, and how often.
if (typeof process !== "undefined" && process.argv[2]) {
  const { readFileSync } = await import("node:fs");
  const [, , plain, metered, rounds] = process.argv;
  const bytes = (/** @type {string} */ path) => new Uint8Array(readFileSync(path));
  process.stdout.write(JSON.stringify(race(bytes(String(plain)), bytes(String(metered)), Number(rounds))));
}
