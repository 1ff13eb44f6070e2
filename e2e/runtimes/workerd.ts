import { bundleWorkerd } from "../harness/bundle-workerd.ts";
import type { EventQueue } from "../harness/event-queue.ts";
import { paths } from "../harness/paths.ts";
import { told } from "../harness/told.ts";
import type { SuiteEvent } from "../suite/events.ts";
import type { Runtime } from "./runtime.ts";

/** workerd by miniflare: guests imported as modules (`static`), or as bytes through the Worker Loader (`loader`). */
export function workerdRuntime(): Runtime {
  return {
    name: "workerd",
    isolations: ["static", "loader"],
    missing: () => undefined,
    async *run(isolation, { filter }) {
      const modules = await bundleWorkerd();
      yield* told(new URL("workers/serve.mjs", paths.e2e), (origin, events) => {
        const query = new URLSearchParams({ runtime: "workerd", isolation, origin, filter });
        return {
          args: [JSON.stringify(modules)],
          onMessage: (url) => void read(`${url}suite?${query}`, events).catch((error: Error) => events.fail(error.message)),
        };
      });
    },
  };
}

async function read(url: string, events: EventQueue): Promise<void> {
  // Compressed, the lines would be held back until there are enough of them.
  const response = await fetch(url, { headers: { "accept-encoding": "identity" } });
  if (!response.ok || !response.body) throw new Error(`workerd answered ${response.status}: ${await response.text()}`);
  let rest = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) events.push(JSON.parse(line) as SuiteEvent);
  }
  throw new Error("workerd stopped answering");
}
