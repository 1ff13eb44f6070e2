import { fileURLToPath } from "node:url";
import { started, startChild } from "./child.ts";
import { findPackage, NotHere } from "./find.ts";
import type { Runtime } from "./runtime.ts";
import type { Answer } from "./wire.ts";

/** The last miniflare that runs on Node 20. */
const FOR_NODE_20 = "miniflare@4.20260426.0";

function packageFor(node: string): string {
  return Number.parseInt(node, 10) < 22 ? FOR_NODE_20 : "miniflare";
}

/** workerd, by the miniflare of the user's project. The plugin is a static import, as in production. */
export function workerdRuntime(folders: readonly string[]): Runtime {
  return {
    name: "workerd",
    async open({ plugin, functions }) {
      // Looked for here, and imported there: what miniflare starts must end with its process.
      if (!(await findPackage(["miniflare"], folders))) throw new NotHere(`npm install --save-dev ${packageFor(process.versions.node)}`);
      const child = startChild(fileURLToPath(new URL("./workerd-child.js", import.meta.url)));
      const { url } = await started(child, { plugin, functions, folders });
      const ask = async (request: object): Promise<Answer> => {
        const response = await fetch(url as string, { method: "POST", body: JSON.stringify(request) });
        if (!response.ok) throw new Error(`workerd answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
        return (await response.json()) as Answer;
      };
      return { ask, close: () => child.stop() };
    },
  };
}
