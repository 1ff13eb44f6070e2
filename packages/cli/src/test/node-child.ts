// The child of node.ts: first a message with the plugin, then one request after the other.
import { createHost } from "@isopod/node";
import { Answering } from "./inside/answer.ts";
import type { Request } from "./wire.ts";

process.once("disconnect", () => process.exit());
process.once("message", ({ isolation, plugin, debug, functions }: { isolation: "inline" | "worker"; plugin: Uint8Array; debug: string | true; functions: string | undefined }) => {
  const host = createHost({ isolation, workers: 1 });
  const answering = new Answering((options) => host.load(plugin, { ...options, debug, ...(functions !== undefined && { functions: new URL(functions) }) }));
  process.on("message", async (request: Request) => process.send?.(await answering.answer(request)));
  process.send?.({});
});
