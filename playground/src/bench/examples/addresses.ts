import type { Example } from "./list.ts";

/** Where each guest is served from; one that is not chosen is not fetched. */
const ADDRESSES = import.meta.glob<string>("../../../../guests/dist/{plain,packed,extism,wapc}-{as,c,wat}.wasm", { query: "?url", import: "default", eager: true });
const OTHERS = import.meta.glob<string>("../../../../guests/dist/{validator,component,kit-{extism,wapc}-as,hostile-{missing-imports,result-beyond,two-abis},foreign-wasm-bindgen}.wasm", { query: "?url", import: "default", eager: true });

export async function fetchExample({ id }: Example): Promise<Uint8Array> {
  const path = `../../../../guests/dist/${id}.wasm`;
  const address = ADDRESSES[path] ?? OTHERS[path];
  const response = await fetch(address!);
  if (!response.ok) throw new Error(`${id}.wasm could not be fetched: the server answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
