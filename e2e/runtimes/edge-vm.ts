import { fileURLToPath } from "node:url";
import { bundleEdgeVm } from "../harness/bundle-edge-vm.ts";
import { paths } from "../harness/paths.ts";
import { told } from "../harness/told.ts";
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
      const functionsUrl = new URL("functions.mjs", paths.fixtures).href;
      yield* told(new URL("edge-vm/serve.mjs", paths.e2e), (origin) => ({
        execPath: node.execPath,
        args: [fileURLToPath(new URL("suite.js", paths.edgeVm)), JSON.stringify({ runtime: "edge-vm", origin, filter, functionsUrl })],
      }));
    },
  };
}
