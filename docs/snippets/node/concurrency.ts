import { createHost } from "@isopod/node";

const host = createHost();
// #region concurrency
const slugify = await host.load("./slugify.wasm", { limits: { concurrency: 2, queue: 0 } });
const calls = ["eins", "zwei", "drei"].map((title) => slugify.call("slugify", title, { as: "text" }));
const ended = await Promise.allSettled(calls);
console.log(ended.map((call) => (call.status === "fulfilled" ? call.value : call.reason.code)).join(", ")); // eins, zwei, overloaded
// #endregion concurrency
await host.dispose();
