import { createHost, isIsopodError } from "@isopod/node";

// #region limits
const told: string[] = [];
const host = createHost({ audit: ({ op, limit, cap }) => void told.push(`${op} came to ${limit}, ${cap}`) });
const plugin = await host.load("./hangs.wasm", { limits: { time: "50ms", memory: "16MiB" } });
try {
  await plugin.call("spin"); // an endless loop
} catch (error) {
  if (!isIsopodError(error)) throw error;
  console.log(error.code, error.details.limit, error.details.cap); // limit time 50
}
console.log(told.join()); // spin came to time, 50
console.log(await plugin.call("upper", "and on", { as: "text" })); // AND ON
// #endregion limits

// #region fuel
const counted = await host.load("./hangs.wasm", { limits: { fuel: 1_000_000, time: "unlimited" } });
const used = () => counted.call("spin").catch((error) => error.details.used);
console.log((await used()) === (await used())); // true
// #endregion fuel

// #region held
const { memory, fuel, time, concurrency } = plugin.info.limits!;
console.log(memory, fuel, time, concurrency); // 16777216 20000000000 50 16
// #endregion held
await host.dispose();
