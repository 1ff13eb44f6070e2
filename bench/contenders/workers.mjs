/** What one would write without a plugin system: a worker and `postMessage`, or comlink, around the guest or plain JS. */
import { Worker } from "node:worker_threads";
import { wrap, releaseProxy } from "comlink";
// @ts-expect-error it has no types at this path
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";

/** @typedef {import("../harness/types.mjs").Contender} Contender */

function spawn(/** @type {string} */ file, /** @type {unknown} */ workerData = undefined) {
  return new Worker(new URL(`./workers/${file}`, import.meta.url), { workerData });
}

/** One call at a time, so the next message is the answer: nothing cheaper is correct. @returns {Contender} */
function bare(/** @type {string} */ name, /** @type {string} */ file, withGuest = false) {
  return {
    name,
    async open(env) {
      const worker = spawn(file, withGuest ? env.guest(`packed-${env.lang}`) : undefined);
      /** @type {(answer: unknown) => void} */
      let settle;
      worker.on("message", (answer) => settle(answer));
      return {
        bind: ({ op }) => ({
          async: true,
          call: (input) =>
            new Promise((resolve) => {
              settle = resolve;
              worker.postMessage([op, input]);
            }),
        }),
        close: () => worker.terminate(),
      };
    },
  };
}

/** @type {Contender} */
const comlink = {
  name: "comlink worker",
  async open(env) {
    const worker = spawn("comlink.mjs", env.guest(`packed-${env.lang}`));
    const remote = /** @type {any} */ (wrap(/** @type {any} */ (nodeEndpoint)(worker)));
    return {
      bind: ({ op, kind }) => ({
        async: true,
        call: kind === "bytes" ? (input) => remote.bytes(op, input) : (input) => remote.text(op, input),
      }),
      close() {
        remote[releaseProxy]();
        return worker.terminate();
      },
    };
  },
};

export const workers = [bare("raw worker", "guest.mjs", true), comlink, bare("JS in a worker", "plain.mjs")];
