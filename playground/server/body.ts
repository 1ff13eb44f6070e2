import type { IncomingMessage } from "node:http";

const MOST_MS = 10_000;

export class TooMuch extends Error {}

/** The bytes of a request, no more than the server wants to hold and no longer than it wants to wait. */
export async function readBody(request: IncomingMessage, most: number): Promise<Uint8Array> {
  const tooMuch = () => new TooMuch(`a body may have ${most} bytes`);
  if (Number(request.headers["content-length"] ?? 0) > most) throw tooMuch();
  const timer = setTimeout(() => request.destroy(new Error("the body took too long")), MOST_MS);
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > most) throw tooMuch();
      chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks));
  } finally {
    clearTimeout(timer);
  }
}
