import { EXIT, OutputError } from "../failure.ts";

/** A reader that has seen enough, such as `head`, is no failure to speak of. */
export function endQuietlyWithoutReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      // Of any other, `write` tells whoever waits for it.
      if (error.code === "EPIPE") process.exit(EXIT.pipe);
    });
  }
}

/**
 * Writes, and waits until it is written: a process that ends earlier would cut it off.
 *
 * @throws OutputError where there is no room, say
 */
export function write(stream: NodeJS.WritableStream, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(data, (error) => (error && (error as NodeJS.ErrnoException).code !== "EPIPE" ? reject(new OutputError(error.message, { cause: error })) : resolve()));
  });
}
