import { createHost } from "/tmp/w/review/packages/node/dist/index.js";
const t = performance.now();
const p = await createHost({ isolation: "inline" }).load("/tmp/w/review/guests/dist/packed-wat.wasm", { functions: { env: { reverse: (b) => b.slice() } } });
await p.call("echo", "x");
console.log("done", performance.now() - t);
