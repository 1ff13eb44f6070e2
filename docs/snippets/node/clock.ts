import { createHost, type Plugin } from "@isopod/node";

// #region clock
const host = createHost();
const fixed = await host.load("./hangs.wasm");
const real = await host.load("./hangs.wasm", { grants: { clock: true, random: true } });
const hex = async (plugin: Plugin, op: string) => Buffer.from(await plugin.call(op)).toString("hex");

console.log((await hex(fixed, "clock")) === (await hex(fixed, "clock"))); // true
console.log((await hex(fixed, "random")) === (await hex(fixed, "random"))); // true
console.log((await hex(real, "random")) === (await hex(real, "random"))); // false
// #endregion clock
await host.dispose();
