// One attack against one rival: `child.mjs <rival> <attack>`, the outcome by IPC.
import "../../typescript.mjs";

const { run } = await import("./child.ts");
process.once("disconnect", () => process.exit());
process.send?.(await run(process.argv[2] ?? "", process.argv[3] ?? ""));
