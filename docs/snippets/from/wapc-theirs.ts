import { readFile } from "node:fs/promises";
import wapc from "@wapc/host";

// #region theirs
const bytes = await readFile("./by-wapc-kit.wasm");
const host = await wapc.instantiate(bytes, (_binding, namespace, operation, payload) => {
  if (`${namespace}.${operation}` === "test.reverse") return payload.slice().reverse();
  throw new Error(`unknown operation ${namespace}.${operation}`);
});
const reply = await host.invoke("host", new TextEncoder().encode("hello"));
console.log(new TextDecoder().decode(reply)); // olleh
// #endregion theirs
