import { bundleWorkerd } from "../harness/bundle-workerd.ts";
import { paths } from "../harness/paths.ts";
import { startScript } from "../harness/process.ts";
import type { Answers, Lab } from "./messages.ts";

/** workerd, where the Worker Loader takes bytes. */
export async function workerdLab(): Promise<Lab> {
  const modules = await bundleWorkerd();
  let stop!: () => Promise<void>;
  const url = await new Promise<string>((resolve, reject) => {
    stop = startScript(new URL("workers/serve.mjs", paths.e2e), {
      args: [JSON.stringify(modules)],
      onMessage: (address) => resolve(address as string),
      onEnd: (reason) => reject(new Error(reason)),
    });
  });
  return {
    name: "workerd",
    async fuzz(cases) {
      const response = await fetch(`${url}fuzz`, { method: "POST", body: JSON.stringify(cases), signal: AbortSignal.timeout(120_000) });
      if (!response.ok) throw new Error(`workerd answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as Answers["fuzz"];
    },
    close: stop,
  };
}
