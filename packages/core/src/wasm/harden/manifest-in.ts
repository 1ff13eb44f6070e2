import { Reader } from "../reader.ts";
import { enter, walk } from "../sections.ts";
import { VERSION, type Manifest } from "./manifest.ts";
import { RESERVED } from "./reserved.ts";

/** What `manifestOf` tells of a Module, of bytes that were not compiled yet. @throws `bad_module`, and what JSON throws */
export function manifestIn(bytes: Uint8Array): Manifest | undefined {
  const reader = new Reader(bytes);
  for (const { id, offset, size } of walk(reader)) {
    if (id !== 0) continue;
    enter(reader, offset, size);
    if (reader.name() !== RESERVED) continue;
    const said = JSON.parse(String.fromCharCode(...bytes.subarray(reader.at, reader.end))) as Manifest;
    return said.version === VERSION ? said : undefined;
  }
  return undefined;
}
