import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * Node, in a process of its own: fresh, and quiet beside the one that serves.
 *
 * @param {string} isolation
 * @param {import("./index.mjs").Ground} ground
 * @returns {Promise<import("./index.mjs").Result>}
 */
export function nodeStop(isolation, { plugin, records, progress, closers }) {
  const child = fork(fileURLToPath(new URL("./node-stop.mjs", import.meta.url)), [isolation, plugin, records], { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
  closers.add(() => child.kill("SIGKILL"));
  let noise = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => (noise = `${noise}${text}`.slice(-2000)));
  return new Promise((resolve, reject) => {
    child.on("message", (/** @type {any} */ message) => {
      if (message.progress !== undefined) progress(message.progress);
      else if (message.result) resolve(message.result);
      else reject(new Error(message.error));
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => reject(new Error(`Node ended (${signal ?? code}) ${noise}`.trim())));
  });
}
