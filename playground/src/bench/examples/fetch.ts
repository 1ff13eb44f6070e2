import type { Example } from "./list.ts";

/** Where the first is served from; the addresses of the others are fetched when one of them is chosen. */
const FIRST = import.meta.glob<string>("../../../../guests/dist/packed-as.wasm", { query: "?url", import: "default", eager: true });

export async function fetchExample({ id }: Example): Promise<Uint8Array> {
  const path = `../../../../guests/dist/${id}.wasm`;
  const address = FIRST[path] ?? (await import("./addresses.ts")).ADDRESSES[path];
  const response = await fetch(address!);
  if (!response.ok) throw new Error(`${id}.wasm could not be fetched: the server answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
