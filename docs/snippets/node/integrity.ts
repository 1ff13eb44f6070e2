import { readFile } from "node:fs/promises";
import { createHost, digest } from "@isopod/node";

const host = createHost();
// #region integrity
const bytes = await readFile("./slugify.wasm");
const integrity = await digest(bytes); // "sha256-…", kept where the plugin was released
await host.load(bytes, { integrity });

const forged = new Uint8Array(bytes);
forged[forged.length - 1]! ^= 1;
const error = await host.load(forged, { integrity }).catch((error) => error);
console.log(error.code); // integrity
// #endregion integrity
await host.dispose();
