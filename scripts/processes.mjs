import { spawnSync } from "node:child_process";

/**
 * Ends a process and whatever it has started. It must lead a group of its own: start it with `OWN_GROUP`.
 *
 * @param {number | undefined} pid
 */
export function killTree(pid) {
  if (pid === undefined) return;
  try {
    if (process.platform === "win32") spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"]);
    else process.kill(-pid, "SIGKILL");
  } catch {
    // Already gone.
  }
}

/** Options for `spawn` and `fork`. A group of its own does not get the terminal's Ctrl-C: who starts it, ends it. */
export const OWN_GROUP = { detached: process.platform !== "win32" };
