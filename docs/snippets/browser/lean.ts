// #region lean
import { createHost, inlineHere, packed, packedFunctions } from "@isopod/browser/lean";

const host = createHost({ abis: [packed([], packedFunctions)], isolations: [inlineHere()] });
const plugin = await host.load("/packed.wasm", {
  functions: { env: { reverse: (bytes: Uint8Array) => bytes.slice().reverse() } },
});
console.log(await plugin.call("host", "hello", { as: "text" })); // olleh
// #endregion lean
