/** The packed guest called by hand in a worker. The answer's buffer is moved, not copied; the caller's input is not. */
import { parentPort, workerData } from "node:worker_threads";
import { fill, start } from "../../hand/instance.mjs";
import { packedByHand } from "../../hand/packed.mjs";

const module = new WebAssembly.Module(workerData);
const hand = packedByHand(start(new WebAssembly.Instance(module, fill(module, {}))));
const calls = {
  echo: { bytes: hand.bytes("echo"), text: hand.text("echo") },
  upper: { bytes: hand.bytes("upper"), text: hand.text("upper") },
};

parentPort?.on("message", ([op, input]) => {
  const call = calls[/** @type {keyof typeof calls} */ (op)];
  if (typeof input === "string") return parentPort?.postMessage(call.text(input));
  const answer = call.bytes(input);
  parentPort?.postMessage(answer, [answer.buffer]);
});
