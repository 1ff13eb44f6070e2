import { fileURLToPath, pathToFileURL } from "node:url";
import { started, startChild } from "./child.ts";
import type { Runtime } from "./runtime.ts";
import type { Answer } from "./wire.ts";

/** This Node, in a process of its own, because a plugin that hangs inline can be ended in no other way. */
export function nodeRuntime(isolation: "inline" | "worker"): Runtime {
  return {
    name: `node ${isolation}`,
    async open({ plugin, debug, functions }) {
      const child = startChild(fileURLToPath(new URL("./node-child.js", import.meta.url)));
      await started(child, { isolation, plugin, debug, functions: functions === undefined ? undefined : pathToFileURL(functions).href });
      return { ask: (request) => child.ask(request) as Promise<Answer>, close: () => child.stop() };
    },
  };
}
