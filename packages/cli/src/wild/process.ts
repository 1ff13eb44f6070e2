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

/**
 * The file in a process of its own, because an engine that crashes or compiles without end can be outlived in no other
 * way. What it was seen to be remains known of a file that did not survive. Never rejects.
 */
export async function tryApart(path: string, patience: Patience): Promise<Finding> {
  let known: Finding = { abi: null, reason: "", loads: false, calls: null, error: null };
  const lost = (error: string, reason: string): Finding => ({ ...known, reason, error });
  const child = startChild(CHILD);
  const stopWaiting = new AbortController();
  const message = { path, ms: patience.step };
  const answers = async (): Promise<Finding> => {
    known = (await child.ask(message)) as Finding;
    return known.error === null ? ((await child.ask(message)) as Finding) : known;
  };
  try {
    const late = sleep(patience.file, undefined, { signal: stopWaiting.signal }).then(() => lost("hung", `no answer within ${limit(patience.file)}`));
    late.catch(() => {}); // nobody waits for it any more
    return await Promise.race([answers(), late]);
  } catch (error) {
    return lost("crashed", (error as Error).message);
  } finally {
    stopWaiting.abort();
    await child.stop();
  }
}
