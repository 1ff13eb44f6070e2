import type { IncomingMessage } from "node:http";

/** Room for all records, three times over. */
const MOST_BYTES = 2 * 1024 * 1024;
const MOST_MS = 10_000;

export class TooMuch extends Error {}

/** The bytes of a request, no more than the server wants to hold and no longer than it wants to wait. */
export async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const tooMuch = () => new TooMuch(`a body may have ${MOST_BYTES} bytes`);
  if (Number(request.headers["content-length"] ?? 0) > MOST_BYTES) throw tooMuch();
  const timer = setTimeout(() => request.destroy(new Error("the body took too long")), MOST_MS);
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MOST_BYTES) throw tooMuch();
      chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks));
  } finally {
    clearTimeout(timer);
  }
}
