// The child of process.ts. It is told a file and answers what that is, then is told to go on and answers what became of it.
import { look, tryPlugin, type Looked } from "./try.ts";

let looked: Looked | undefined;

process.once("disconnect", () => process.exit());
process.on("message", async ({ path, ms }: { path: string; ms: number }) => {
  if (looked) process.send?.(await tryPlugin(looked, ms));
  else process.send?.((looked = await look(path)).known);
});
