// A process of its own for each Node and isolation: `suite.mjs <runtime> <isolation> <origin> <filter>`, events by IPC.
import { readFile } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { createHost } from "@isopod/node";
import { fatal, report } from "../suite/report.ts";
import { findProbes, type Thread } from "../suite/probes.ts";
import type { SuiteEvent } from "../suite/events.ts";

const [runtime = "", isolation, origin = "", filter = ""] = process.argv.slice(2) as [string, "inline" | "worker", string, string];
// Built to e2e/dist/node.
const guests = new URL("../../../guests/dist/", import.meta.url);
const functionsUrl = new URL("../../fixtures/functions.mjs", import.meta.url);

const url = (name: string) => `${origin}/guests/${name}.wasm`;
const bytes = async (name: string) => new Uint8Array(await readFile(new URL(`${name}.wasm`, guests)));
const emit = (event: SuiteEvent) => new Promise<unknown>((resolve) => process.send?.(event, resolve));

// Whoever started this has read all of it, or is gone.
process.once("disconnect", () => process.exit());

try {
  const probes = await findProbes(isolation, { thread, functionsUrl: functionsUrl.href, guestUrl: url("plain-wat") });
  const host = (options = {}) => createHost({ isolation, ...options });
  await report({ runtime, isolation, host, guest: bytes, bytes, url, functionsUrl, probes }, filter, emit);
} catch (error) {
  await emit(fatal(error));
}

function thread(): Thread {
  const worker = new Worker(new URL("./probe-worker.mjs", import.meta.url));
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        worker.once("message", resolve).once("error", reject);
        worker.postMessage(question);
      }),
    terminate: () => void worker.terminate(),
    gone: new Promise((resolve) => worker.once("exit", resolve)),
  };
}
