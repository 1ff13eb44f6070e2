import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export interface ScriptOptions {
  readonly args: readonly string[];
  /** What runs it, with its own arguments and environment; this Node by default. */
  readonly execPath?: string | undefined;
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  onMessage(message: unknown): void;
  /** With the way to send it messages. */
  onStart?(send: (message: unknown) => void): void;
  /** With the last that it wrote to stderr. Called once, also when it could not start. */
  onEnd(reason: string): void;
}

/** Runs a script that talks by IPC. The function returned ends it: by the channel's end first, so that it can tidy up. */
export function startScript(script: URL, { args, execPath = process.execPath, execArgv = [], env, onMessage, onEnd, onStart }: ScriptOptions): () => Promise<void> {
  const child = fork(fileURLToPath(script), args, {
    execPath,
    execArgv: [...execArgv],
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let noise = "";
  child.stderr?.on("data", (chunk) => (noise = `${noise}${chunk}`.slice(-2000)));
  child.on("message", onMessage);
  child.on("error", (error) => onEnd(error.message));
  onStart?.((message) => void child.send(message as object));
  // Not `close`: it never comes once the parent has disconnected.
  const ended = new Promise<void>((resolve) => {
    child.once("exit", async (code, signal) => {
      await sleep(20); // what was written last
      onEnd(`the process ended (${signal ?? code}) ${noise}`.trim());
      resolve();
    });
  });
  const stop = bound(child);
  return async () => {
    if (child.connected) child.disconnect();
    await Promise.race([ended, sleep(2000, undefined, { ref: false })]);
    await stop();
  };
}

/**
 * The function returned ends `child` and everything it started, as does the end of this process. The child must lead a
 * process group (`detached: true`): what starts browsers and workerd are wrappers, killing a wrapper orphans the
 * process that matters; and a group of its own does not get the terminal's Ctrl-C, hence the `exit` listener.
 */
export function bound(child: ChildProcess): () => Promise<void> {
  const kill = () => signalGroup(child, "SIGKILL");
  process.once("exit", kill);
  return async () => {
    process.off("exit", kill);
    // Asked first: an X server that is killed leaves its lock behind, and its number is lost.
    signalGroup(child, "SIGTERM");
    for (let tries = 0; tries < 20 && alive(child); tries++) await sleep(50);
    kill();
  };
}

function signalGroup({ pid }: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  if (pid === undefined) return;
  try {
    if (process.platform === "win32") spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"]);
    else process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}

const alive = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;
