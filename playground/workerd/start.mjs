import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { killTree, OWN_GROUP } from "../../scripts/processes.mjs";

const START_MS = 30_000;
const STOP_MS = 2000;

/**
 * Starts workerd with workerd/worker.ts and one plugin in it, with workerd/berth.ts, which takes any, or with another entry.
 *
 * @param {string} [plugin] path
 * @param {string} [entry] file beside this one
 * @returns {Promise<{ url: string, stop(): Promise<void>, kill(): void }>} `kill` is for one that is frozen: at once, by its id
 */
export async function startWorkerd(plugin, entry = plugin === undefined ? "berth.ts" : "worker.ts") {
  const child = fork(fileURLToPath(new URL("./serve.mjs", import.meta.url)), plugin === undefined ? [entry] : [entry, plugin], { ...OWN_GROUP, execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let noise = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => (noise = `${noise}${text}`.slice(-1000)));
  const ended = once(child, "exit");
  const kill = () => killTree(child.pid);
  const stop = async () => {
    // It tidies up by itself; a workerd that is frozen by its guest is ended all the same.
    if (child.connected) child.disconnect();
    await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false })]);
    kill();
  };
  try {
    return { url: await address(child, () => noise), stop, kill };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {() => string} noise
 * @returns {Promise<string>}
 */
function address(child, noise) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`workerd did not start within ${START_MS / 1000} s`)), START_MS);
    child.once("message", (/** @type {{ url?: string, error?: string }} */ { url, error }) => {
      clearTimeout(timer);
      if (url !== undefined) resolve(url);
      else reject(new Error(error));
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`workerd ended before it had started (${signal ?? code}) ${noise()}`.trim()));
    });
  });
}
