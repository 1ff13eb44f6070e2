import digest from "digest:validator";
import address from "../../guests/dist/validator.wasm?url";

/** The flagship: what it must be, byte for byte. */
export const INTEGRITY: string = digest;
export const FILE = "validator.wasm";

export async function fetchPlugin(): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${FILE} could not be fetched: the server answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
