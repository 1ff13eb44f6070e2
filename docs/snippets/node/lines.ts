import { createHost } from "@isopod/node";

const host = createHost();

// #region lines
const sums = await host.load("./sums.wasm", { debug: true });
const { frames } = await sums.call("sum", "12x").catch((error) => error.details);
console.log(frames[0]); // digit (conformance/c/lines.c:10:5)
console.log(frames[1]); // sum (conformance/c/lines.c:17:14)
console.log(frames[2]); // packed_sum (conformance/c/lines.c:22:28)
// #endregion lines
await host.dispose();
