import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { limit } from "../terminal/figures.ts";
import { startChild } from "../test/child.ts";
import type { Finding } from "./row.ts";

/** How long files may keep us. */
export interface Patience {
  /** For each load and each call, in milliseconds. */
  readonly step: number;
  /** For the whole file: then its process is killed. */
  readonly file: number;
}

const CHILD = fileURLToPath(new URL("./child.js", import.meta.url));

/** The file in a process of its own, because an engine that crashes or compiles without end can be outlived in no other way. Never rejects. */
export async function tryApart(path: string, patience: Patience): Promise<Finding> {
  const lost = (error: string, reason: string): Finding => ({ abi: null, reason, loads: false, calls: null, error });
  const child = startChild(CHILD);
  const stopWaiting = new AbortController();
  try {
    const late = sleep(patience.file, undefined, { signal: stopWaiting.signal }).then(() => lost("hung", `no answer within ${limit(patience.file)}`));
    late.catch(() => {}); // nobody waits for it any more
    return await Promise.race([child.ask({ path, ms: patience.step }) as Promise<Finding>, late]);
  } catch (error) {
    return lost("crashed", (error as Error).message);
  } finally {
    stopWaiting.abort();
    await child.stop();
  }
}
