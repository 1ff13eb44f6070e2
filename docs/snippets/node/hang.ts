import { createHost, isIsopodError } from "@isopod/node";

// #region hang
const host = createHost(); // in worker threads, which can be ended
const plugin = await host.load("./hangs.wasm");
try {
  await plugin.call("spin", "", { signal: AbortSignal.timeout(100) });
} catch (error) {
  console.log(isIsopodError(error) && error.code); // aborted
}
console.log(await plugin.call("upper", "and on", { as: "text" })); // AND ON
// #endregion hang
await host.dispose();
