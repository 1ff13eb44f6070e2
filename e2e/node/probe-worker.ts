import { parentPort } from "node:worker_threads";
import { answer, type Question } from "../suite/probe-thread.ts";

parentPort?.on("message", (question: Question) => {
  void answer(question, (yes) => parentPort?.postMessage(yes), () => process.exit());
});
