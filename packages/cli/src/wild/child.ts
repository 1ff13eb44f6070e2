// The child of process.ts: one file, and what was found out goes back as one message.
import { tryFile } from "./try.ts";

process.once("disconnect", () => process.exit());
process.once("message", async ({ path, ms }: { path: string; ms: number }) => {
  process.send?.(await tryFile(path, ms));
});
