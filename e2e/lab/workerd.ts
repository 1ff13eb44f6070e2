import { bundleWorkerd } from "../harness/bundle-workerd.ts";
import { paths } from "../harness/paths.ts";
import { startScript } from "../harness/process.ts";
import type { Answers, Lab } from "./messages.ts";

/** workerd keeps each worker that was ever loaded into it, some 1.3 MB of memory and 1.5 GB of addresses: after 5,500 there are no more. */
const MOST_CASES = 2000;

/** workerd, where the Worker Loader takes bytes. */
export async function workerdLab(): Promise<Lab> {
  const modules = JSON.stringify(await bundleWorkerd());
  let { url, stop } = await started(modules);
  let done = 0;
  return {
    name: "workerd",
    async fuzz(cases) {
      if ((done += cases.length) > MOST_CASES) {
        await stop();
        ({ url, stop } = await started(modules));
        done = cases.length;
      }
      // A connection each: workerd closes one that was idle for some seconds, which may be just as this one asks.
      const response = await fetch(`${url}fuzz`, { method: "POST", headers: { connection: "close" }, body: JSON.stringify(cases), signal: AbortSignal.timeout(120_000) });
      if (!response.ok) throw new Error(`workerd answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as Answers["fuzz"];
    },
    close: () => stop(),
  };
}

async function started(modules: string): Promise<{ url: string; stop: () => Promise<void> }> {
  let stop!: () => Promise<void>;
  const url = await new Promise<string>((resolve, reject) => {
    stop = startScript(new URL("workers/serve.mjs", paths.e2e), {
      args: [modules],
      onMessage: (address) => resolve(address as string),
      onEnd: (reason) => reject(new Error(reason)),
    });
  });
  return { url, stop };
}
