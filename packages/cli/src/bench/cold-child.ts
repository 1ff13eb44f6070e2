// The child of cold.ts: one question by IPC, one answer.
import { createHost } from "@isopod/node";
import type { ColdAnswer, ColdQuestion } from "./cold.ts";

process.once("disconnect", () => process.exit());
process.once("message", async ({ isolation, bytes, load: { functions, ...load }, op, input }: ColdQuestion) => {
  const answer = (message: ColdAnswer): void => void process.send?.(message);
  try {
    const from = performance.now();
    const host = createHost({ isolation, workers: 1 });
    const plugin = await host.load(bytes, { ...load, ...(functions !== undefined && { functions: new URL(functions) }) });
    await plugin.call(op, input, (plugin.info.abi === "plain" ? { as: "value" } : undefined) as { as: "value" });
    answer({ ms: performance.now() - from });
  } catch (error) {
    answer({ error: (error as Error).message });
  }
});
