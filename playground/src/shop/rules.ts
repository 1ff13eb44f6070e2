import digest from "digest:shop-rules";
import address from "../../../guests/dist/shop-rules.wasm?url";

/** What the rules must be before anybody has changed them. */
export const SHIPPED: string = digest;

export async function fetchRules(): Promise<Uint8Array> {
  const response = await fetch(address, { integrity: SHIPPED });
  if (!response.ok) throw new Error(`the rules could not be fetched: the server answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
