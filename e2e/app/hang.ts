// `hang.mjs <guest>`: a plugin that never returns costs its own call only. One line of JSON, then the process is ended,
// because not every runtime can end the thread (e2e/gaps.json, `kill`).
import { createHost, isIsopodError } from "isopod";

const host = createHost();
const plugin = await host.load(process.argv[2]!, { functions: { env: { reverse: (bytes: Uint8Array) => bytes } } });
const from = performance.now();
const code = await plugin.call("spin", "", { signal: AbortSignal.timeout(100) }).catch((error: unknown) => isIsopodError(error) && error.code);
const told = performance.now() - from < 5000;
const next = await plugin.call("upper", "next", { as: "text" });
await host.dispose();
process.stdout.write(`${JSON.stringify({ code, told, next })}\n`, () => process.exit());
