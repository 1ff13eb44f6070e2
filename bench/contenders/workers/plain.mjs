/** The same work as plain JavaScript: no sandbox but the worker itself. */
import { parentPort } from "node:worker_threads";
import { transform } from "./transform.mjs";

parentPort?.on("message", ([op, input]) => {
  if (typeof input === "string") return parentPort?.postMessage(op === "upper" ? input.toUpperCase() : input);
  // The message is this thread's own copy, so the answer may be made in place, and moved.
  parentPort?.postMessage(transform(op, input), [input.buffer]);
});
