import { fileURLToPath } from "node:url";
import { bundleEdgeVm } from "../harness/bundle-edge-vm.ts";
import { EventQueue } from "../harness/event-queue.ts";
import { paths } from "../harness/paths.ts";
import { startScript } from "../harness/process.ts";
import { serve } from "../harness/server.ts";
import type { SuiteEvent } from "../suite/events.ts";
import { nodes } from "./node.ts";
import type { Runtime } from "./runtime.ts";

/** The Node that Edge VMs are made in: always the same one, because their engine is its engine. */
export const edgeVmNode = () => nodes().find(({ name }) => name === "node24")!;

/** Edge VM, the edge of Vercel as it runs on one's own machine: a realm of web standards in a Node. */
export function edgeVmRuntime(): Runtime {
  const node = edgeVmNode();
  return {
    name: "edge-vm",
    isolations: ["static"],
    missing: () => (node.execPath ? undefined : `edge-vm runs in Node 24: ${node.help}`),
    async *run(_isolation, { filter }) {
      await bundleEdgeVm();
      const server = await serve();
      const events = new EventQueue();
      const functionsUrl = new URL("functions.mjs", paths.fixtures).href;
      const stop = startScript(new URL("edge-vm/serve.mjs", paths.e2e), {
        execPath: node.execPath,
        args: [fileURLToPath(new URL("suite.js", paths.edgeVm)), JSON.stringify({ runtime: "edge-vm", origin: server.origin, filter, functionsUrl })],
        onMessage: (event) => events.push(event as SuiteEvent),
        onEnd: (reason) => events.fail(reason),
      });
      try {
        yield* events;
      } finally {
        await stop();
        await server.close();
      }
    },
  };
}
