import { header } from "../inspect.ts";
import { Reader } from "../reader.ts";
import { walk, type Framed } from "../sections.ts";
import { dissect, type Body } from "./dissect.ts";
import { Edits } from "./edits.ts";
import { Helpers } from "./helpers.ts";
import { outline, type Outline } from "./outline.ts";
import { refused, type Policy } from "./policy.ts";
import { Scan } from "./scan.ts";

/** A module that was taken apart. */
export interface Understood {
  readonly reader: Reader;
  readonly framed: readonly Framed[];
  readonly subject: Outline;
  readonly helpers: Helpers;
  readonly scan: Scan;
  readonly bodies: readonly Body[];
}

/** Reads all of a module once, and notes what hardening changes in it. @throws what `harden` throws */
export function understand(bytes: Uint8Array, policy: Policy, edits: Edits): Understood {
  const reader = new Reader(bytes);
  if (header(reader) === "component") throw refused("the component model");
  const framed = walk(reader);
  const subject = outline(reader, framed, policy);
  const helpers = new Helpers(subject);
  const scan = new Scan(reader, subject, edits, helpers);
  return { reader, framed, subject, helpers, scan, bodies: dissect(reader, framed, subject, scan, edits) };
}

/**
 * The instruction by which a module catches exceptions, of which there are two encodings: an engine may know one alone.
 *
 * @returns undefined if it catches none
 * @throws what `harden` throws
 * @example catchesBy(bytes) // "try", as Node 20 knows it
 */
export function catchesBy(bytes: Uint8Array): "try" | "try_table" | undefined {
  const { catches } = understand(bytes, { memory: Infinity, tables: Infinity }, new Edits(bytes.length)).scan;
  return catches === 0 ? undefined : catches === 0x06 ? "try" : "try_table";
}
