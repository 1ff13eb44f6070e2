import { createHost } from "@isopod/node";

const host = createHost();
// #region plain
const plugin = await host.load("./add.wasm");
console.log(await plugin.call("add", [2, 3], { as: "value" })); // 5
console.log(await plugin.call("add64", [40n, 2], { as: "value" })); // 42n
// #endregion plain
await host.dispose();
