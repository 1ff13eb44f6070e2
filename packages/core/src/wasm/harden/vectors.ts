import type { Reader } from "../reader.ts";
import { refused } from "./policy.ts";
import { behind, PLACE, VECTOR } from "./shapes.ts";

/** Passes over the rest of a vector instruction: its code, then a place, a lane, both, or sixteen bytes. Gives how many values there are more on the stack after it. @throws `unsupported` for relaxed SIMD */
export function vector(reader: Reader, shapes: Int8Array): number {
  const code = reader.number();
  const onLane = code > 83 && code < 92;
  if (code < 12 || onLane || code === 92 || code === 93) reader.at = behind(reader.bytes, reader.at, PLACE);
  if (code === 12 || code === 13) reader.skip(16);
  else if (onLane || (code > 20 && code < 35)) reader.byte();
  else if (code > 255) throw refused("relaxed SIMD");
  return shapes[VECTOR + code]! >> 4;
}
