/**
 * How late a guest in a loop is stopped, and how long the next call takes. Runs in a page, too, so it imports nothing.
 *
 * @typedef {{ name: string, late: number[], next: number[], timer: number[] }} Measured milliseconds
 */

/** What a call may take. */
const TIME = 50;
/** Between two rounds, in which whoever stands by for the next gets ready. */
const REST = 300;
/** The same where a worker was ended: Chromium lets its loop go on for two seconds, and takes a core for it. */
const LONG_REST = 2300;

const rest = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * @param {(options: { isolation: "worker" | "inline", workers: number }) => import("@isopod/core").Host} createHost
 * @param {Uint8Array} bytes of the guest limits-wat
 * @param {number} rounds
 * @returns {Promise<Measured[]>}
 */
export async function deadlines(createHost, bytes, rounds) {
  /** @type {[name: string, isolation: "worker" | "inline", source: Uint8Array | WebAssembly.Module][]} */
  const cases = [
    ["inline", "inline", bytes],
    ["worker, hardened", "worker", bytes],
    ["worker, a bare Module", "worker", new WebAssembly.Module(/** @type {Uint8Array<ArrayBuffer>} */ (bytes))],
  ];
  const all = [];
  for (const [name, isolation, source] of cases) {
    const host = createHost({ isolation, workers: 2 });
    const plugin = await host.load(source, { functions: { env: { reverse: (/** @type {Uint8Array} */ input) => input } }, limits: { time: TIME } });
    await plugin.call("echo", "x");
    /** @type {Measured} */
    const measured = { name, late: [], next: [], timer: [] };
    for (let round = 0; round < rounds; round++) {
      await rest(source === bytes ? REST : LONG_REST);
      measured.timer.push(await took(() => rest(TIME)) - TIME);
      measured.late.push(await took(() => plugin.call("spin").then(() => Promise.reject(new Error("a loop ended")), timed)) - TIME);
      measured.next.push(await took(() => plugin.call("echo", "x").catch(timed))); // a busy machine may take as long for that
    }
    await host.dispose();
    all.push(measured);
  }
  return all;
}

/** Nothing, where that is what a call failed for. */
function timed(/** @type {import("@isopod/core").IsopodError} */ error) {
  if (error.details?.["limit"] !== "time") throw error;
}

async function took(/** @type {() => Promise<unknown>} */ run) {
  const began = performance.now();
  await run();
  return performance.now() - began;
}
