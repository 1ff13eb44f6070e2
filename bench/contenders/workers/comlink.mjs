/** The packed guest called by hand, offered through comlink. */
import { parentPort, workerData } from "node:worker_threads";
import { expose, transfer } from "comlink";
// @ts-expect-error it has no types at this path
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";
import { fill, start } from "../../hand/instance.mjs";
import { packedByHand } from "../../hand/packed.mjs";

const module = new WebAssembly.Module(workerData);
const hand = packedByHand(start(new WebAssembly.Instance(module, fill(module, {}))));

expose(
  {
    bytes(/** @type {string} */ op, /** @type {Uint8Array} */ input) {
      const answer = hand.bytes(op)(input);
      return transfer(answer, [answer.buffer]);
    },
    text: (/** @type {string} */ op, /** @type {string} */ input) => hand.text(op)(input),
  },
  /** @type {any} */ (nodeEndpoint)(parentPort),
);
