import { encode } from "../../memory/text.ts";
import type { Policy } from "../harden/index.ts";
import { Writer } from "../harden/writer.ts";
import { carried } from "./carry.ts";
import { codeOf } from "./code.ts";
import { movesOf } from "./moves.ts";
import { rowsOf } from "./read-bytes.ts";
import { customSections } from "./sections.ts";
import { mapOf, MOST_MAP } from "./source-map.ts";

/**
 * The module hardened, and in it a source map of what it is now, where something tells of it as it was: so that lines are
 * found where there are no bytes to go back to.
 *
 * @param map the compiler's source map of the module as it was, where that lies elsewhere
 * @throws what `harden` throws. What is no map is none
 */
export function carryingLines(bytes: Uint8Array, policy: Policy, digest?: string, map?: unknown): Uint8Array<ArrayBuffer> {
  const moves = movesOf(bytes, policy, digest);
  let json: string | undefined;
  try {
    const sections = customSections(bytes);
    const rows = rowsOf({ map, sections: (name) => sections.get(name) }, codeOf(bytes));
    json = rows && mapOf(carried(rows, moves));
  } catch {
    // Broken, or too much of it: no lines.
  }
  if (json === undefined) return moves.hardened;
  const address = encode(`data:application/json;base64,${base64(encode(json))}`);
  if (address.length > MOST_MAP) return moves.hardened; // nobody would read it
  const section = new Writer(address.length + 64).name("sourceMappingURL").sized(address);
  return new Writer(moves.hardened.length + section.at + 8).copy(moves.hardened).put(0).sized(section.written).written;
}

/** A piece at a time, because no function takes so many arguments. */
function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(text);
}
