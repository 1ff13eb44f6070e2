import { Call } from "../contract/call.ts";
import type { CallOptions, Input } from "../contract/operations.ts";
import { BatchWriter, readBatch } from "../memory/batch.ts";

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const call = (input?: Input, options?: CallOptions): Call => new Call("op", input, options);

/** What a block holds, as numbers. */
export const read = (block: unknown): number[][] => readBatch(block as ArrayBuffer, (all, start, end) => [...all.slice(start, end)]);

/** One block of these items, as it crosses. */
export function block(...items: (string | Uint8Array)[]): ArrayBuffer {
  const writer = new BatchWriter(items.length, 0);
  for (const item of items) writer.append(item);
  return writer.finish();
}
