// The child of process.ts. It is told a file and answers what that is, then is told to go on and answers what became of it.
import { look, tryPlugin } from "./try.ts";

process.once("disconnect", () => process.exit());
process.once("message", async ({ path }: { path: string }) => {
  const looked = await look(path);
  process.once("message", async ({ ms }: { ms: number }) => void process.send?.(await tryPlugin(looked, ms)));
  process.send?.(looked.known);
});
