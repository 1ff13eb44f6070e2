import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Input, LoadOptions } from "@isopod/core";
import type { Where } from "./lane.ts";

/** What the child is asked. */
export interface ColdQuestion {
  readonly isolation: Where;
  readonly bytes: Uint8Array;
  readonly load: Omit<LoadOptions, "functions"> & { readonly functions?: string };
  readonly op: string;
  readonly input: Input;
}

/** What it answers, in milliseconds; or why it cannot. */
export type ColdAnswer = { readonly ms: number } | { readonly error: string };

/**
 * How long a host, `load` and the first call take in a process that has done nothing of the kind: engines keep what
 * they compiled, so only the first one in a process is cold.
 */
export async function coldStart({ load, ...question }: Omit<ColdQuestion, "load"> & { readonly load: LoadOptions }): Promise<number> {
  const child = fork(fileURLToPath(new URL("./cold-child.js", import.meta.url)), [], { execArgv: [], serialization: "advanced", stdio: ["ignore", "ignore", "inherit", "ipc"] });
  try {
    const { functions, ...rest } = load;
    const href = (functions as URL | undefined)?.href;
    child.send({ ...question, load: { ...rest, ...(href !== undefined && { functions: href }) } } satisfies ColdQuestion);
    const [answer] = (await Promise.race([once(child, "message"), once(child, "exit").then(([code]) => [{ error: `the process ended with ${String(code)}` }])])) as [ColdAnswer];
    if ("error" in answer) throw new Error(answer.error);
    return answer.ms;
  } finally {
    child.kill("SIGKILL");
  }
}
