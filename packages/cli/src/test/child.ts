import { fork, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const START_MS = 30_000;
const STOP_MS = 1500;
const LAST_WORDS_MS = 200;
const MOST_NOISE = 1000;
/** What an engine that gives up writes is a few screens of stack, and its reason is above them. */
const MOST_KEPT = 16_384;

/** A process of ours that is asked one thing at a time. */
export interface Child {
  /** The next message; rejects when the process ends first. */
  ask(message: object): Promise<unknown>;
  /** The end of what it wrote to stderr. */
  noise(): string;
  stop(): Promise<void>;
}

/**
 * Starts a script as a process that leads a group of its own, so that what it starts ends with it. A group of its own
 * does not get the terminal's Ctrl-C: whoever starts it, stops it.
 */
export function startChild(script: string): Child {
  const child = fork(script, [], { execArgv: [], detached: process.platform !== "win32", serialization: "advanced", stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let noise = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (noise = `${noise}${text}`.slice(-MOST_KEPT)));
  // It may be gone when it is told something; that it is gone is told by its exit.
  child.on("error", () => {});
  const silent = new Promise<void>((resolve) => child.stderr?.once("close", resolve));
  // Its last words may arrive after its end; what it started may hold the pipe open.
  const exit = once(child, "exit").then(async ([code, signal]: unknown[]) => {
    await Promise.race([silent, sleep(LAST_WORDS_MS)]);
    return `the process ended (${String(signal ?? code)}) ${gist(noise)}`.trim();
  });
  // A plugin may hold it up, so that it does not see that whoever started it has gone.
  const end = (): void => killTree(child);
  process.once("exit", end);
  return {
    async ask(message) {
      const answer = once(child, "message").then(([value]: unknown[]) => value);
      const gone = exit.then((words) => Promise.reject(new Error(words)));
      if (child.connected) child.send(message, () => {});
      return Promise.race([answer, gone]);
    },
    noise: () => gist(noise),
    async stop() {
      if (child.connected) child.disconnect();
      await Promise.race([exit, sleep(STOP_MS, undefined, { ref: false })]);
      end();
      process.off("exit", end);
    },
  };
}

/** @throws where the child says `{ error }`, or nothing for a long time */
export async function started(child: Child, message: object): Promise<Record<string, unknown>> {
  const late = sleep(START_MS, { error: `it did not start within ${START_MS / 1000} s` }, { ref: false });
  const answer = (await Promise.race([child.ask(message), late])) as { error?: string };
  if (answer.error === undefined) return answer;
  await child.stop();
  throw new Error(`${answer.error} ${child.noise()}`.trim());
}

function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    if (process.platform === "win32") spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"]);
    else process.kill(-pid, "SIGKILL");
  } catch {
    // Already gone.
  }
}

/** The engine's own reason, where it gave one; else the end. */
function gist(noise: string): string {
  return (/FATAL ERROR: .*/.exec(noise)?.[0] ?? noise.slice(-MOST_NOISE)).trim();
}
