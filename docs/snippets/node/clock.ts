import { createHost, type Plugin } from "@isopod/node";

// #region clock
const host = createHost();
const fixed = await host.load("./hangs.wasm");
const real = await host.load("./hangs.wasm", { grants: { clock: true, random: true } });
const at = async (plugin: Plugin) => Buffer.from(await plugin.call("clock")).toString("hex");
console.log((await at(fixed)) === (await at(fixed))); // true
console.log((await at(real)) === (await at(real))); // false
// #endregion clock
await host.dispose();
