import type { Reader } from "../reader.ts";
import { refused } from "./policy.ts";
import { behind, PLACE } from "./shapes.ts";

/** Passes over what follows a vector instruction's code: a place, a lane, both, or sixteen bytes. @throws `unsupported` for relaxed SIMD */
export function vector(reader: Reader, code: number): void {
  const onLane = code > 83 && code < 92;
  if (code < 12 || onLane || code === 92 || code === 93) reader.at = behind(reader.bytes, reader.at, PLACE);
  if (code === 12 || code === 13) reader.skip(16);
  else if (onLane || (code > 20 && code < 35)) reader.byte();
  else if (code > 255) throw refused("relaxed SIMD");
}
