import digests from "../../guests/dist/digests.json";
import address from "../../guests/dist/validator.wasm?url";

/** The flagship: what it must be, byte for byte. */
export const INTEGRITY: string = digests["validator.wasm"].sha256;
export const FILE = "validator.wasm";

/** Fetched once, for both lanes of the page. */
let bytes: Promise<Uint8Array> | undefined;

export function pluginBytes(): Promise<Uint8Array> {
  bytes ??= fetch(address).then(async (response) => new Uint8Array(await response.arrayBuffer()));
  return bytes;
}
